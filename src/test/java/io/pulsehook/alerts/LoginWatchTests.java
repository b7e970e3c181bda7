package io.pulsehook.alerts;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.pulsehook.inbox.SettableClock;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LoginWatch}.
 */
class LoginWatchTests {

	private static final String ACCOUNT = "pulsehook.sendpulse";

	private final SettableClock clock = new SettableClock();

	private final Digest digest = new Digest(Duration.ofHours(1), Duration.ofMinutes(1));

	private final Map<String, Instant> refused = new HashMap<>();

	private final LoginWatch watch = new LoginWatch(() -> this.refused, this.digest);

	@Test
	void tellsOfARefusedLoginOnceUntilItIsAcceptedAgain() {
		assertThat(told()).isEmpty();
		this.refused.put(ACCOUNT, Instant.parse("2026-11-30T10:00:00.5Z"));
		assertThat(told()).containsExactly("SendPulse has been refusing the login of the account pulsehook.sendpulse "
				+ "since 2026-11-30T10:00:00Z. Nobody is answered through it until its client-id and client-secret, "
				+ "or its api-key, are set right.");
		this.clock.advance(Duration.ofHours(5));
		assertThat(told()).isEmpty();
		this.refused.clear();
		assertThat(told()).isEmpty();
		this.refused.put(ACCOUNT, this.clock.instant());
		assertThat(told()).hasSize(1);
	}

	@Test
	void tellsNothingOfARefusalThatIsOverBeforeItIsTold() {
		this.refused.put(ACCOUNT, this.clock.instant());
		this.watch.look();
		this.refused.clear();
		assertThat(told()).isEmpty();
	}

	private List<String> told() {
		this.watch.look();
		return this.digest.next(this.clock.instant()).stream().map(Alarm::text).toList();
	}

}
