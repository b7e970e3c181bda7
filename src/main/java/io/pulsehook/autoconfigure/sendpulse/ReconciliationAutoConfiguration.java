package io.pulsehook.autoconfigure.sendpulse;

import java.time.Duration;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

import io.pulsehook.autoconfigure.PulsehookAutoConfiguration;
import io.pulsehook.autoconfigure.PulsehookProperties;
import io.pulsehook.autoconfigure.outbound.Outbound;
import io.pulsehook.event.EventReader;
import io.pulsehook.inbox.Inbox;
import io.pulsehook.inbox.Storage;
import io.pulsehook.receive.Receiver;
import io.pulsehook.reconcile.MissingIntake;
import io.pulsehook.reconcile.ReconcileSettings;
import io.pulsehook.reconcile.ReconciliationTask;
import io.pulsehook.reconcile.ReconciliationTools;
import io.pulsehook.reconcile.Reconciliations;
import io.pulsehook.sendpulse.SendPulse;

/**
 * Makes what reconciles with SendPulse if an account is configured.
 */
@AutoConfiguration(after = { PulsehookAutoConfiguration.class, SendPulseAutoConfiguration.class })
@ConditionalOnBean(Inbox.class)
@EnableConfigurationProperties(ReconcileSettings.class)
public class ReconciliationAutoConfiguration {

	private static final Log logger = LogFactory.getLog(ReconciliationAutoConfiguration.class);

	private static final String RECONCILE = ConfiguredAccounts.COMMON + ".reconcile";

	private static final String WINDOW = ConfiguredAccounts.COMMON + ".window";

	@Bean
	@ConditionalOnBean(SendPulse.class)
	ReconciliationTask pulsehookReconciliationTask(Storage storage, SendPulse sendPulse, EventReader reader,
			ReconcileSettings settings, PulsehookProperties properties, Environment environment) {
		ReconciliationTools tools = new ReconciliationTools(storage.reconciliations(), sendPulse, reader,
				storage.clock(), properties.retention());
		return new ReconciliationTask(tools, window(settings, properties.retention(), environment),
				schedule(settings, environment), storage.threads());
	}

	// A shorter retention than the usual window is no reason to end the start of an
	// application that never named a window.
	private static Duration window(ReconcileSettings settings, Duration retention, Environment environment) {
		if (settings.window().compareTo(retention) <= 0) {
			return settings.window();
		}
		if (Binder.get(environment).bind(WINDOW, String.class).isBound()) {
			throw new InvalidConfigurationPropertyValueException(WINDOW, settings.window(), "events are deleted after "
					+ retention + " (pulsehook.retention), so that older messages would all be taken for missing");
		}
		return retention;
	}

	@Bean
	@ConditionalOnBean(SendPulse.class)
	Reconciliations pulsehookReconciliations(Storage storage, ReconciliationTask task, Receiver receiver,
			EventReader reader, ReconcileSettings settings, PulsehookProperties properties, Environment environment) {
		MissingIntake intake = new MissingIntake(storage.reconciliations(), receiver.withoutSpool(), storage.erasure(),
				reader);
		return new Reconciliations(storage.reconciliations(), task, intake,
				window(settings, properties.retention(), environment), properties.retention());
	}

	// A test that did not set it would have calls among its own that it does not expect.
	private static @Nullable Duration schedule(ReconcileSettings settings, Environment environment) {
		return Outbound.isSet(environment, RECONCILE) ? settings.reconcile() : null;
	}

	@Bean
	SmartInitializingSingleton pulsehookReconcileCheck(ReconcileSettings settings,
			ObjectProvider<Reconciliations> reconciliations) {
		return () -> {
			if (settings.reconcile() != null && reconciliations.getIfAvailable() == null) {
				logger.warn("The property " + RECONCILE
						+ " does nothing, because no account of SendPulse is configured " + "that could be asked. Set "
						+ ConfiguredAccounts.COMMON + ".client-id and .client-secret, or " + ".api-key.");
			}
		};
	}

}
