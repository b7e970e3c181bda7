package io.pulsehook.console;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.method.HandlerTypePredicate;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

import io.pulsehook.console.connect.ConnectPage;
import io.pulsehook.console.contacts.ContactErasurePage;
import io.pulsehook.console.contacts.ContactPage;
import io.pulsehook.console.deadletters.DeadGroupPage;
import io.pulsehook.console.deadletters.DeadLetterGroups;
import io.pulsehook.console.deadletters.DeadLettersPage;
import io.pulsehook.console.deadletters.DeadReplayPage;
import io.pulsehook.console.deadletters.GroupCards;
import io.pulsehook.console.event.ComparePage;
import io.pulsehook.console.event.EventLookup;
import io.pulsehook.console.event.EventReplayPage;
import io.pulsehook.console.event.EventTextPage;
import io.pulsehook.console.event.Surroundings;
import io.pulsehook.console.event.WaitReasons;
import io.pulsehook.console.events.EventDetailPage;
import io.pulsehook.console.events.EventRows;
import io.pulsehook.console.events.EventsExport;
import io.pulsehook.console.events.EventsPage;
import io.pulsehook.console.frame.ConsoleController;
import io.pulsehook.console.frame.ConsoleSettings;
import io.pulsehook.console.frame.ConsoleWeb;
import io.pulsehook.console.frame.ErrorPages;
import io.pulsehook.console.frame.LiveUpdates;
import io.pulsehook.console.frame.LoginPage;
import io.pulsehook.console.frame.Pages;
import io.pulsehook.console.frame.UnknownPage;
import io.pulsehook.console.handlers.DestinationTestPage;
import io.pulsehook.console.handlers.HandlerFacts;
import io.pulsehook.console.handlers.HandlerFindings;
import io.pulsehook.console.handlers.HandlerPage;
import io.pulsehook.console.handlers.HandlersPage;
import io.pulsehook.console.overview.OverviewPage;
import io.pulsehook.console.overview.Payments;
import io.pulsehook.console.reconcile.ReconciliationsPage;
import io.pulsehook.console.replays.ReplayPage;
import io.pulsehook.console.replays.ReplaysPage;
import io.pulsehook.console.spool.SpoolDeletionPage;
import io.pulsehook.console.spool.SpoolPage;
import io.pulsehook.dispatch.HandlerTable;
import io.pulsehook.event.EventReader;
import io.pulsehook.inbox.Subscribers;
import io.pulsehook.inbox.query.PaymentOrders;
import io.pulsehook.inbox.query.StoredEvents;
import io.pulsehook.inbox.spool.Spool;
import io.pulsehook.inbox.triage.DeadLetters;
import io.pulsehook.inbox.triage.Triage;
import io.pulsehook.reconcile.Reconciliations;
import io.pulsehook.web.ControllerPath;

/**
 * Registers the pages of the console, and what they need.
 */
@Configuration(proxyBeanMethods = false)
@Import({ OverviewPage.class, EventsPage.class, EventsExport.class, EventDetailPage.class, EventReplayPage.class,
		EventTextPage.class, ComparePage.class, ContactPage.class, ContactErasurePage.class, DeadLettersPage.class,
		ReplayPage.class, HandlersPage.class, DestinationTestPage.class, ConnectPage.class, LiveUpdates.class,
		ErrorPages.class, UnknownPage.class, HandlerTable.class, DeadGroupPage.class, DeadReplayPage.class,
		ReplaysPage.class, HandlerPage.class, HandlerFacts.class, HandlerFindings.class })
public class ConsoleConfiguration {

	@Bean
	static ControllerPath pulsehookConsolePath(ObjectProvider<ConsoleSettings> settings) {
		return new ControllerPath(HandlerTypePredicate.forAnnotation(ConsoleController.class),
				() -> settings.getObject().path());
	}

	@Bean
	WebMvcConfigurer pulsehookConsoleWeb(ConsoleSettings settings) {
		return new ConsoleWeb(settings);
	}

	@Bean
	Pages pulsehookConsolePages(ApplicationContext context, ConsoleSettings settings) {
		return new Pages(context, settings);
	}

	@Bean
	EventRows pulsehookConsoleEventRows(StoredEvents events, EventReader reader, ConsoleSettings settings) {
		return new EventRows(events, reader, settings.clock());
	}

	@Bean
	EventLookup pulsehookConsoleEventLookup(StoredEvents events, EventReader reader) {
		return new EventLookup(events, reader);
	}

	@Bean
	Surroundings pulsehookConsoleSurroundings(StoredEvents events, EventReader reader) {
		return new Surroundings(events, reader);
	}

	@Bean
	WaitReasons pulsehookConsoleWaitReasons(StoredEvents events, Subscribers subscribers) {
		return new WaitReasons(events, subscribers);
	}

	@Bean
	DeadLetterGroups pulsehookConsoleDeadLetterGroups(DeadLetters letters, StoredEvents events, EventReader reader,
			ConsoleSettings settings) {
		return new DeadLetterGroups(letters, events, reader, settings);
	}

	@Bean
	GroupCards pulsehookConsoleGroupCards(DeadLetters letters, Triage triage, Subscribers subscribers) {
		return new GroupCards(letters, triage, subscribers);
	}

	@Bean
	Payments pulsehookConsolePayments(PaymentOrders orders, StoredEvents events, EventReader reader,
			ConsoleSettings settings) {
		return new Payments(orders, events, reader, settings.clock());
	}

	/**
	 * Adds the page of reconciliations where an account of SendPulse can be asked.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBean(Reconciliations.class)
	@Import(ReconciliationsPage.class)
	static class ReconciliationConfiguration {

	}

	/**
	 * Adds the page of the spool where there is one.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBean(Spool.class)
	@Import({ SpoolPage.class, SpoolDeletionPage.class })
	static class SpoolConfiguration {

	}

	/**
	 * Adds the login form of the service. A host application has its own login.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBooleanProperty("pulsehook.console.login")
	@Import(LoginPage.class)
	static class LoginConfiguration {

	}

}
