package io.pulsehook.sendpulse;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;

import io.pulsehook.sendpulse.http.CallLimiter;
import io.pulsehook.test.sendpulse.FakeSendPulse;

/**
 * An account whose calls need not wait for each other: each time that its limiter looks
 * at the time, a minute has passed.
 */
public final class QuickAccount {

	private QuickAccount() {
	}

	/**
	 * Creates the client of such an account.
	 */
	public static SendPulse of(FakeSendPulse server) {
		return of(server, Map.of());
	}

	/**
	 * Creates the client of several such accounts.
	 * @param server the server of the account of all other sources
	 * @param bySource the servers of the accounts of single sources
	 */
	public static SendPulse of(FakeSendPulse server, Map<String, FakeSendPulse> bySource) {
		return new SendPulse(account("pulsehook.sendpulse", server), bySource.entrySet()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey,
					(source) -> account("pulsehook.sources." + source.getKey() + ".sendpulse", source.getValue()))));
	}

	private static SendPulseAccount account(String name, FakeSendPulse server) {
		AtomicLong nanoTime = new AtomicLong();
		CallLimiter limiter = new CallLimiter(() -> 1, () -> nanoTime.addAndGet(Duration.ofMinutes(1).toNanos()));
		SendPulseSettings settings = SendPulseSettings.ofKey(FakeSendPulse.API_KEY).at(server.url());
		return new SendPulseAccount(name, settings,
				ClientHttpRequestFactoryBuilder.jdk().build(HttpClientSettings.defaults()), limiter, Clock.systemUTC());
	}

}
