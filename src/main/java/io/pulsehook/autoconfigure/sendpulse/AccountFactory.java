package io.pulsehook.autoconfigure.sendpulse;

import java.time.InstantSource;
import java.util.function.IntSupplier;

import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpRedirects;
import org.springframework.http.client.ClientHttpRequestFactory;

import io.pulsehook.UnrecoverableEventException;
import io.pulsehook.autoconfigure.sendpulse.ConfiguredAccounts.ConfiguredAccount;
import io.pulsehook.sendpulse.SendPulseAccount;
import io.pulsehook.sendpulse.SendPulseSettings;

/**
 * Makes the accounts, whose connections are set up as the application's settings of HTTP
 * clients say.
 */
final class AccountFactory {

	private final ClientHttpRequestFactoryBuilder<?> requests;

	private final HttpClientSettings http;

	private final IntSupplier replicas;

	private final InstantSource clock;

	AccountFactory(ClientHttpRequestFactoryBuilder<?> requests, HttpClientSettings http, IntSupplier replicas,
			InstantSource clock) {
		this.requests = requests;
		this.http = http;
		this.replicas = replicas;
		this.clock = clock;
	}

	SendPulseAccount create(ConfiguredAccount configured) {
		SendPulseSettings settings = configured.settings();
		return (settings != null)
				? new SendPulseAccount(configured.prefix(), settings, connecting(settings), this.replicas, this.clock)
				: new SendPulseAccount(configured.prefix(), SendPulseSettings.ofKey("unused"),
						refusing(configured.prefix()), this.replicas, this.clock);
	}

	// A redirect would take the token, and what people wrote, to another address.
	private ClientHttpRequestFactory connecting(SendPulseSettings settings) {
		HttpClientSettings http = this.http.withRedirects(HttpRedirects.DONT_FOLLOW)
			.withReadTimeout(settings.timeout());
		return this.requests
			.build((http.connectTimeout() != null) ? http : http.withConnectTimeout(settings.timeout()));
	}

	private static ClientHttpRequestFactory refusing(String prefix) {
		return (uri, method) -> {
			throw new UnrecoverableEventException("A test tried to call SendPulse through the account " + prefix
					+ ", which only the application's configuration names, so that nothing was sent. Set " + prefix
					+ ".url in the test, for example to the address of a FakeSendPulse.");
		};
	}

}
