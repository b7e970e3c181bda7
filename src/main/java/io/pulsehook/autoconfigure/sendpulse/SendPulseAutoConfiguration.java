package io.pulsehook.autoconfigure.sendpulse;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

import io.pulsehook.autoconfigure.sendpulse.ConfiguredAccounts.ConfiguredAccount;
import io.pulsehook.inbox.Subscribers;
import io.pulsehook.observe.SendPulseHealthIndicator;
import io.pulsehook.reconcile.Reconciliations;
import io.pulsehook.sendpulse.SendPulse;
import io.pulsehook.sendpulse.SendPulseAccount;

/**
 * Makes the client of SendPulse's API if an account is configured.
 */
@AutoConfiguration
@Conditional(OnAccountCondition.class)
public class SendPulseAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	SendPulse pulsehookSendPulse(Environment environment, ObjectProvider<ClientHttpRequestFactoryBuilder<?>> requests,
			ObjectProvider<HttpClientSettings> settings, ObjectProvider<Subscribers> subscribers) {
		AccountFactory factory = new AccountFactory(requests.getIfAvailable(ClientHttpRequestFactoryBuilder::detect),
				settings.getIfAvailable(HttpClientSettings::defaults), replicas(subscribers), Clock.systemUTC());
		SendPulseAccount common = null;
		Map<String, SendPulseAccount> bySource = new HashMap<>();
		for (ConfiguredAccount configured : new ConfiguredAccounts(environment).all()) {
			SendPulseAccount account = factory.create(configured);
			if (configured.source() == null) {
				common = account;
			}
			else {
				bySource.put(configured.source(), account);
			}
		}
		return new SendPulse(common, bySource);
	}

	// Is asked at calls only: the handlers that make them are known to the database then.
	private static IntSupplier replicas(ObjectProvider<Subscribers> subscribers) {
		return () -> {
			@Nullable Subscribers known = subscribers.getIfAvailable();
			return (known != null) ? known.replicas() : 1;
		};
	}

	/**
	 * Shows in Boot's health endpoint whether SendPulse refuses a login.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
	@ConditionalOnEnabledHealthIndicator("sendpulse")
	static class HealthConfiguration {

		@Bean
		SendPulseHealthIndicator sendpulseHealthIndicator(SendPulse sendPulse,
				ObjectProvider<Reconciliations> reconciliations) {
			return new SendPulseHealthIndicator(sendPulse, () -> {
				@Nullable Reconciliations all = reconciliations.getIfAvailable();
				return (all != null) ? all.newest(1) : List.of();
			});
		}

	}

}
