package io.pulsehook.alerts;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.pulsehook.inbox.SettableClock;
import io.pulsehook.inbox.spool.SpoolStatus;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SpoolWatch}.
 */
class SpoolWatchTests {

	private final SettableClock clock = new SettableClock();

	private final Digest digest = new Digest(Duration.ofHours(1), Duration.ofMinutes(1));

	private final SpoolWatch watch = new SpoolWatch(this::status, () -> "pod-1", this.digest, this.clock);

	private long refused;

	@Test
	void tellsOnceOfWebhooksThatCouldNotBeStored() {
		assertThat(look()).isEmpty();
		this.refused = 1;
		assertThat(look()).containsExactly("1 webhook in the spool of pod-1 could not be stored, although the database "
				+ "can be written. Nothing is lost. Look under Spool in the console of that machine, or at its "
				+ "/api/spool, and try again or delete.");
		assertThat(look()).isEmpty();
	}

	@Test
	void tellsAgainWhenThereAreMoreOfThemButNotWhenThereAreFewer() {
		this.refused = 2;
		assertThat(look()).hasSize(1);
		this.clock.advance(Duration.ofHours(2));
		this.refused = 1;
		assertThat(look()).isEmpty();
		this.refused = 3;
		assertThat(look()).singleElement().asString().startsWith("3 webhooks in the spool");
	}

	@Test
	void tellsNothingOfThoseThatAreGoneBeforeItIsTold() {
		this.refused = 1;
		this.watch.look();
		this.refused = 0;
		assertThat(look()).isEmpty();
	}

	private SpoolStatus status() {
		return new SpoolStatus(false, null, 0, 0, 1_000, this.refused, this.refused, null);
	}

	private List<String> look() {
		this.clock.advance(Duration.ofMinutes(2));
		this.watch.look();
		return this.digest.next(this.clock.instant()).stream().map(Alarm::text).toList();
	}

}
