package io.pulsehook.autoconfigure;

import java.net.InetAddress;
import java.net.UnknownHostException;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

import io.pulsehook.alerts.AlertHandler;
import io.pulsehook.alerts.AlertSettings;
import io.pulsehook.alerts.Alerts;
import io.pulsehook.autoconfigure.outbound.ConditionalOnOutbound;
import io.pulsehook.autoconfigure.sendpulse.ReconciliationAutoConfiguration;
import io.pulsehook.destination.http.HttpClients;
import io.pulsehook.dispatch.Dispatcher;
import io.pulsehook.dispatch.handler.Handlers;
import io.pulsehook.dispatch.handler.RegisteredHandler;
import io.pulsehook.inbox.Inbox;
import io.pulsehook.inbox.Storage;
import io.pulsehook.inbox.spool.Spool;
import io.pulsehook.reconcile.Reconciliations;
import io.pulsehook.sendpulse.SendPulse;

/**
 * Watches for trouble and posts alarms, if a URL is configured for them.
 */
@AutoConfiguration(after = { PulsehookAutoConfiguration.class, ReconciliationAutoConfiguration.class })
@ConditionalOnBean(Inbox.class)
@ConditionalOnOutbound("pulsehook.alerts.url")
@EnableConfigurationProperties(AlertSettings.class)
public class AlertsAutoConfiguration {

	/** How many reconciliations are looked at: more than can end between two looks. */
	private static final int WATCHED = 10;

	@Bean
	RegisteredHandler pulsehookAlertHandler(AlertSettings settings, HandlerConfiguration configuration,
			HttpClients clients) {
		return AlertHandler.create(settings, configuration.ofOther(AlertHandler.ID), clients);
	}

	@Bean
	Alerts pulsehookAlerts(AlertSettings settings, Storage storage, Handlers handlers, Dispatcher dispatcher,
			ObjectProvider<SendPulse> sendPulse, ObjectProvider<Reconciliations> reconciliations,
			ObjectProvider<Spool> spool) {
		Alerts alerts = new Alerts(settings, storage.inbox(), storage.figures(),
				handlers.all().stream().map(RegisteredHandler::id).toList(), storage.clock(), storage.threads());
		alerts.leaveOut(storage.triage()::muted);
		sendPulse.ifAvailable((client) -> alerts.watchLogins(client::refusedLogins));
		reconciliations.ifAvailable((all) -> alerts.watchReconciliations(() -> all.newest(WATCHED)));
		spool.ifAvailable((kept) -> alerts.watchSpool(kept::status, AlertsAutoConfiguration::machine));
		storage.inbox().listen(alerts);
		dispatcher.listen(alerts);
		return alerts;
	}

	private static String machine() {
		try {
			return InetAddress.getLocalHost().getHostName();
		}
		catch (UnknownHostException ex) {
			return "this machine";
		}
	}

}
