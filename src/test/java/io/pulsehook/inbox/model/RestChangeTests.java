package io.pulsehook.inbox.model;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.pulsehook.inbox.model.HandlerState.Rest;
import io.pulsehook.inbox.model.RestChange.Begin;
import io.pulsehook.inbox.model.RestChange.End;
import io.pulsehook.inbox.model.RestChange.ProbeFailed;

import static org.assertj.core.api.Assertions.assertThat;

class RestChangeTests {

	private static final Instant START = Instant.parse("2026-01-31T12:00:00Z");

	private final HandlerState resting = new Begin(null, "a.B").applyTo(HandlerState.RUNNING, START);

	@Test
	void restsForASecondUnlessMoreIsAskedFor() {
		assertThat(this.resting).isEqualTo(state(START, START.plusSeconds(1), "a.B", 0));
		assertThat(this.resting.isResting()).isTrue();
		assertThat(new Begin(START.plusSeconds(30), "a.B").applyTo(HandlerState.RUNNING, START))
			.isEqualTo(state(START, START.plusSeconds(30), "a.B", 0));
	}

	@Test
	void restsUntilTheLaterOfTwoTimes() {
		HandlerState longer = new Begin(START.plusSeconds(30), "a.C").applyTo(this.resting, START.plusMillis(1));
		assertThat(longer).isEqualTo(state(START, START.plusSeconds(30), "a.B", 0));
		assertThat(new Begin(START.plusSeconds(2), "a.D").applyTo(longer, START.plusMillis(2))).isEqualTo(longer);
		assertThat(new ProbeFailed(START.plusSeconds(2), "a.D").applyTo(longer, START.plusMillis(2)).restsUntil())
			.isEqualTo(START.plusSeconds(30));
	}

	@Test
	void doublesThePauseBetweenProbesUpToAMinute() {
		List<Long> pauses = new ArrayList<>();
		HandlerState state = this.resting;
		Instant now = START;
		for (int probe = 0; probe < 9; probe++) {
			Instant until = Objects.requireNonNull(state.restsUntil());
			pauses.add(Duration.between(now, until).toSeconds());
			now = until;
			state = new ProbeFailed(null, "a.C").applyTo(state, now);
		}
		assertThat(pauses).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L);
		assertThat(state.rest()).extracting(Rest::since, Rest::reason, Rest::probes).containsExactly(START, "a.C", 9);
		assertThat(RestChange.pauseAfter(1_000_000)).isEqualTo(Duration.ofMinutes(1));
	}

	@Test
	void restsAsLongAsAProbeIsTold() {
		assertThat(new ProbeFailed(START.plusSeconds(90), "a.C").applyTo(this.resting, START.plusSeconds(1)))
			.isEqualTo(state(START, START.plusSeconds(90), "a.C", 1));
	}

	@Test
	void endsWithASuccess() {
		assertThat(new End().applyTo(this.resting, START)).isEqualTo(HandlerState.RUNNING);
		assertThat(new End().applyTo(HandlerState.RUNNING, START)).isEqualTo(HandlerState.RUNNING);
	}

	@Test
	void restsNoMoreAfterADayInVainUntilASuccess() {
		Instant lastUntil = START.plus(Duration.ofHours(24)).minusMillis(1);
		HandlerState state = new ProbeFailed(lastUntil, "a.C").applyTo(this.resting, START);
		assertThat(new ProbeFailed(null, "a.C").applyTo(state, lastUntil).isResting()).isTrue();
		Instant day = START.plus(Duration.ofHours(24));
		HandlerState exhausted = new ProbeFailed(day.plusSeconds(9), "a.C").applyTo(state, day);
		assertThat(exhausted).isEqualTo(state(START, null, "a.C", 2));
		assertThat(exhausted.isExhausted()).isTrue();
		assertThat(exhausted.mayRun()).isTrue();
		for (RestChange change : List.of(new Begin(null, "a.D"), new Begin(day.plusSeconds(9), "a.D"),
				new ProbeFailed(null, "a.D"), new ProbeFailed(day.plusSeconds(9), "a.D"))) {
			assertThat(change.applyTo(exhausted, day)).isEqualTo(exhausted);
		}
		assertThat(new End().applyTo(exhausted, day)).isEqualTo(HandlerState.RUNNING);
	}

	@Test
	void beginsAnewIfNothingWasDueForAnHourAfterItsEnd() {
		Instant hour = START.plusSeconds(1).plus(Duration.ofHours(1));
		assertThat(new ProbeFailed(null, "a.C").applyTo(this.resting, hour))
			.isEqualTo(state(START, hour.plusSeconds(2), "a.C", 1));
		Instant later = hour.plusMillis(1);
		assertThat(new ProbeFailed(null, "a.C").applyTo(this.resting, later))
			.isEqualTo(state(later, later.plusSeconds(2), "a.C", 1));
		assertThat(new Begin(null, "a.C").applyTo(this.resting, later))
			.isEqualTo(state(later, later.plusSeconds(1), "a.C", 0));
	}

	@Test
	void beginsAfterAProbeThatEndedWhenTheRestWasOverOnlyIfSomebodyAskedForIt() {
		assertThat(new ProbeFailed(null, "a.C").applyTo(HandlerState.RUNNING, START)).isEqualTo(HandlerState.RUNNING);
		assertThat(new ProbeFailed(START.plusSeconds(9), "a.C").applyTo(HandlerState.RUNNING, START))
			.isEqualTo(state(START, START.plusSeconds(9), "a.C", 0));
	}

	@Test
	void staysPausedWhateverChanges() {
		HandlerState paused = HandlerState.RUNNING.withPaused(true);
		HandlerState both = new Begin(null, "a.B").applyTo(paused, START);
		assertThat(both.paused()).isTrue();
		assertThat(both.isResting()).isTrue();
		assertThat(both.mayProbe(START.plusSeconds(1))).isFalse();
		assertThat(both.withPaused(false).mayProbe(START.plusSeconds(1))).isTrue();
		assertThat(new End().applyTo(both, START)).isEqualTo(paused);
	}

	private static HandlerState state(Instant since, @Nullable Instant until, String reason, int probes) {
		return new HandlerState(false, new Rest(since, until, reason, probes));
	}

}
