package io.pulsehook.autoconfigure;

import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import javax.sql.DataSource;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import jakarta.servlet.http.HttpServlet;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

import io.pulsehook.dispatch.DeliveryStates;
import io.pulsehook.dispatch.Dispatcher;
import io.pulsehook.dispatch.Handlers;
import io.pulsehook.dispatch.RegisteredHandler;
import io.pulsehook.dispatch.Replayer;
import io.pulsehook.event.EventReader;
import io.pulsehook.inbox.Inbox;
import io.pulsehook.inbox.InboxCopy;
import io.pulsehook.inbox.InboxSettings;
import io.pulsehook.inbox.model.UnsupportedDatabaseException;
import io.pulsehook.inbox.query.EventFilter;
import io.pulsehook.inbox.upkeep.Housekeeper;
import io.pulsehook.inbox.upkeep.RetentionPeriods;
import io.pulsehook.receive.AllowedAddresses;
import io.pulsehook.receive.FirstToken;
import io.pulsehook.receive.ReceiveSettings;
import io.pulsehook.receive.Receiver;
import io.pulsehook.receive.Sources;
import io.pulsehook.receive.WebhookFilter;

/**
 * Receives webhooks, keeps them and hands them to the handler beans of the application.
 */
@AutoConfiguration(afterName = "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBooleanProperty(name = "pulsehook.enabled", matchIfMissing = true)
@EnableConfigurationProperties(PulsehookProperties.class)
public class PulsehookAutoConfiguration {

	/** The name of the servlet whose path is that of the webhooks. */
	public static final String WEBHOOK_SERVLET = "pulsehookWebhooks";

	/**
	 * The name of a bean of type {@link InstantSource} that the inbox tells the time by,
	 * in tests for example. Without it that is the system's clock with SQLite, and the
	 * server's with PostgreSQL.
	 */
	static final String CLOCK = "pulsehookClock";

	private static final Log logger = LogFactory.getLog(PulsehookAutoConfiguration.class);

	@Bean
	EventReader pulsehookEventReader() {
		return new EventReader();
	}

	@Bean
	Inbox pulsehookInbox(PulsehookProperties properties, ObjectProvider<DataSource> dataSources,
			@Qualifier(CLOCK) ObjectProvider<InstantSource> clocks) {
		// Before anything is made that a refused token would leave behind.
		sources(properties, null);
		InboxSettings settings = new InboxSettings(properties.dataDir(), properties.ackTimeout(),
				BufferSizes.ofThisProcess().intake(properties), properties.dedupWindow(), properties.lease());
		DataSource dataSource = (properties.database() != PulsehookProperties.Database.SQLITE) ? only(dataSources)
				: null;
		if (dataSource == null) {
			return Inbox.open(settings, clocks.getIfAvailable(Clock::systemUTC));
		}
		InstantSource clock = clocks.getIfAvailable();
		Inbox inbox = (clock != null) ? Inbox.open(settings, dataSource, clock) : Inbox.open(settings, dataSource);
		warnOfWhatWasNotCopied(properties.dataDir(), inbox);
		return inbox;
	}

	private static @Nullable DataSource only(ObjectProvider<DataSource> dataSources) {
		try {
			return dataSources.getIfAvailable();
		}
		catch (NoUniqueBeanDefinitionException ex) {
			throw UnsupportedDatabaseException.ambiguous(beanNames(ex));
		}
	}

	private static Collection<String> beanNames(NoUniqueBeanDefinitionException ex) {
		Collection<String> names = ex.getBeanNamesFound();
		return (names != null) ? names : List.of();
	}

	private static void warnOfWhatWasNotCopied(Path directory, Inbox inbox) {
		if (InboxCopy.isPossible(directory) && inbox.events().page(EventFilter.ALL, null, 1).events().isEmpty()) {
			logger.warn("PostgreSQL has no events, but " + directory.toAbsolutePath().normalize()
					+ " has an inbox of SQLite, of which nothing is delivered any more. To go on with it, stop the "
					+ "service and copy it with " + CopyToPostgresql.COMMAND + " before anything is received.");
		}
	}

	@Bean
	HandlerConfiguration pulsehookHandlerConfiguration(PulsehookProperties properties) {
		return new HandlerConfiguration(properties);
	}

	@Bean
	Handlers pulsehookHandlers(ConfigurableListableBeanFactory beans, HandlerConfiguration configuration,
			ObjectProvider<RegisteredHandler> more) {
		Handlers handlers = Handlers.among(beans, configuration::of, more.orderedStream());
		configuration.warnOfUnknown(handlers.all().stream().map(RegisteredHandler::id).toList());
		return handlers;
	}

	@Bean
	Dispatcher pulsehookDispatcher(Inbox inbox, Handlers handlers, EventReader reader, PulsehookProperties properties,
			ObjectProvider<ObservationRegistry> observations,
			@Value("${server.servlet.context-path:}") String contextPath) {
		Dispatcher dispatcher = new Dispatcher(inbox, handlers, reader, inbox.clock(), properties.shutdownGrace(),
				observations.getIfAvailable(() -> ObservationRegistry.NOOP));
		dispatcher.showEventsAt(EventAddress.in(properties, contextPath)::of);
		return dispatcher;
	}

	@Bean
	DeliveryStates pulsehookDeliveryStates(Inbox inbox, Handlers handlers, Dispatcher dispatcher) {
		return new DeliveryStates(inbox, handlers, dispatcher);
	}

	@Bean
	Replayer pulsehookReplayer(Inbox inbox) {
		return new Replayer(inbox);
	}

	@Bean
	Housekeeper pulsehookHousekeeper(Inbox inbox, PulsehookProperties properties) {
		return new Housekeeper(inbox, new RetentionPeriods(properties.retention(), properties.deadRetention()));
	}

	@Bean
	WebhookUrl pulsehookWebhookUrl(PulsehookProperties properties, Inbox inbox) {
		boolean configured = properties.token() != null || !properties.sources().isEmpty();
		// After the inbox, which makes sure that no other process uses the directory.
		FirstToken token = configured ? null : firstToken(properties, inbox);
		return new WebhookUrl(properties.basePath(), properties.dataDir(), token, inbox.isShared());
	}

	@Bean
	ReceiveSettings pulsehookReceiveSettings(PulsehookProperties properties, Environment environment) {
		if (!properties.allowedAddresses().isEmpty()) {
			new ForwardedAddresses(environment).warn();
		}
		return new ReceiveSettings(properties.basePath(), properties.maxBodySize(), properties.maxElements(),
				properties.readTimeout(), BufferSizes.ofThisProcess().bodies(properties),
				new AllowedAddresses(properties.allowedAddresses()));
	}

	@Bean
	Sources pulsehookSources(PulsehookProperties properties, WebhookUrl url) {
		return sources(properties, url.token());
	}

	@Bean
	Receiver pulsehookReceiver(EventReader reader, Inbox inbox, ReceiveSettings settings,
			ObjectProvider<ObservationRegistry> observations) {
		return new Receiver(reader, inbox, settings.maxElements(),
				observations.getIfAvailable(() -> ObservationRegistry.NOOP));
	}

	@Bean
	FilterRegistrationBean<WebhookFilter> pulsehookWebhookFilter(ReceiveSettings settings, Sources sources,
			Receiver receiver, ObjectProvider<MeterRegistry> meters, ObjectProvider<ObservationRegistry> observations) {
		WebhookFilter filter = new WebhookFilter(settings, sources, receiver,
				meters.getIfAvailable(SimpleMeterRegistry::new),
				observations.getIfAvailable(() -> ObservationRegistry.NOOP));
		FilterRegistrationBean<WebhookFilter> registration = new FilterRegistrationBean<>(filter);
		registration.addUrlPatterns(settings.path("*"));
		// Behind the one that reads what a proxy says of the sender.
		registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
		return registration;
	}

	// A container runs filters only in front of a servlet, and the application's may lie
	// elsewhere. The filter leaves nothing for this one to do.
	@Bean
	ServletRegistrationBean<HttpServlet> pulsehookWebhookServlet(PulsehookProperties properties) {
		ServletRegistrationBean<HttpServlet> registration = new ServletRegistrationBean<>(new HttpServlet() {
		}, properties.basePath() + "/webhooks/*");
		registration.setName(WEBHOOK_SERVLET);
		return registration;
	}

	private static FirstToken firstToken(PulsehookProperties properties, Inbox inbox) {
		return inbox.isShared() ? FirstToken.sharedThrough(inbox, properties.dataDir())
				: FirstToken.in(properties.dataDir());
	}

	private static Sources sources(PulsehookProperties properties, @Nullable FirstToken generated) {
		try {
			return new Sources(tokens(properties, generated));
		}
		catch (IllegalArgumentException ex) {
			throw new TokenException(ex);
		}
	}

	// All tokens there are, by their sources.
	static Map<String, List<String>> tokens(PulsehookProperties properties, @Nullable FirstToken generated) {
		Map<String, List<String>> tokens = new LinkedHashMap<>();
		properties.sources().forEach((name, source) -> tokens.put(name, source.tokens()));
		String single = (generated != null) ? generated.value() : properties.token();
		if (single != null) {
			tokens.merge("default", List.of(single), PulsehookAutoConfiguration::both);
		}
		return tokens;
	}

	private static List<String> both(List<String> some, List<String> others) {
		return Stream.concat(some.stream(), others.stream()).toList();
	}

}
