package io.pulsehook.sendpulse;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

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
		AtomicLong nanoTime = new AtomicLong();
		CallLimiter limiter = new CallLimiter(() -> 1, () -> nanoTime.addAndGet(Duration.ofMinutes(1).toNanos()));
		SendPulseSettings settings = SendPulseSettings.ofKey(FakeSendPulse.API_KEY).at(server.url());
		return new SendPulse(new SendPulseAccount("pulsehook.sendpulse", settings,
				ClientHttpRequestFactoryBuilder.jdk().build(HttpClientSettings.defaults()), limiter, Clock.systemUTC()),
				Map.of());
	}

}
