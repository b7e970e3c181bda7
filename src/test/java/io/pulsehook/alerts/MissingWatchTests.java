package io.pulsehook.alerts;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.dao.QueryTimeoutException;

import io.pulsehook.inbox.SettableClock;
import io.pulsehook.reconcile.Reconciliation;
import io.pulsehook.reconcile.ReconciliationStatus;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MissingWatch}.
 */
class MissingWatchTests {

	private final SettableClock clock = new SettableClock();

	private final Digest digest = new Digest(Duration.ofHours(1), Duration.ofMinutes(1));

	private final List<Reconciliation> newest = new ArrayList<>();

	private boolean unreadable;

	private final MissingWatch watch = new MissingWatch(this::newest, this.digest, this.clock);

	@Test
	void tellsOnceOfEachReconciliationThatFoundAny() {
		Instant ended = this.clock.instant();
		this.newest.add(reconciliation(7, ended, 1));
		assertThat(told()).containsExactly("1 message that SendPulse did not send: reconciliation 7 found them at "
				+ ended + ". Look at them in the console, or at /api/reconciliations/7, and store them there.");
		assertThat(told()).isEmpty();
		this.newest.add(reconciliation(8, ended, 0));
		this.newest.add(reconciliation(9, null, 3));
		assertThat(told()).isEmpty();
		this.newest.add(reconciliation(10, ended, 12));
		assertThat(told()).singleElement().asString().startsWith("12 messages that SendPulse did not send");
	}

	@Test
	void tellsOfOneThatEndedShortlyBeforeTheStartButNotOfOldOnes() {
		Instant start = this.clock.instant();
		this.newest.add(reconciliation(7, start.minus(Duration.ofMinutes(50)), 1));
		this.newest.add(reconciliation(6, start.minus(Duration.ofMinutes(70)), 2));
		assertThat(told()).singleElement().asString().contains("reconciliation 7");
	}

	@Test
	void waitsForADatabaseThatCannotBeRead() {
		this.newest.add(reconciliation(7, this.clock.instant(), 1));
		this.unreadable = true;
		assertThat(told()).isEmpty();
		this.unreadable = false;
		assertThat(told()).hasSize(1);
	}

	private List<Reconciliation> newest() {
		if (this.unreadable) {
			throw new QueryTimeoutException("Away");
		}
		return this.newest;
	}

	private List<String> told() {
		this.clock.advance(Duration.ofMinutes(2));
		this.watch.look();
		return this.digest.next(this.clock.instant()).stream().map(Alarm::text).toList();
	}

	private static Reconciliation reconciliation(long id, @Nullable Instant ended, long missing) {
		Instant began = Instant.EPOCH;
		return new Reconciliation(id, (ended != null) ? ReconciliationStatus.DONE : ReconciliationStatus.RUNNING, began,
				began, began, ended, 5, missing + 1, missing, 0, 0, 0, false, null);
	}

}
