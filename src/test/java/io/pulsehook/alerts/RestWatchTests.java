package io.pulsehook.alerts;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.pulsehook.dispatch.attempt.AttemptListener.Attempt;
import io.pulsehook.dispatch.attempt.AttemptListener.Result;
import io.pulsehook.inbox.SettableClock;
import io.pulsehook.inbox.figures.Figures;
import io.pulsehook.inbox.figures.Figures.HandlerFigures;
import io.pulsehook.inbox.model.HandlerState;
import io.pulsehook.inbox.model.HandlerState.Rest;
import io.pulsehook.inbox.model.RestChange.Pause;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests which rests of a handler are told, and what is not told because of them.
 */
class RestWatchTests {

	private static final String REASON = "java.net.ConnectException";

	private final SettableClock clock = new SettableClock();

	private final Instant began = this.clock.instant();

	private final Digest digest = new Digest(Duration.ofHours(1), Duration.ofMinutes(1));

	private final AlertSettings settings = new AlertSettings(URI.create("http://localhost"), null, AlertFormat.STANDARD,
			null, null, Duration.ofHours(1), Duration.ofMinutes(1), Duration.ofMinutes(10), Duration.ofMinutes(15),
			null);

	private Watch watch = new Watch(this.settings, this.digest, this.clock);

	@Test
	void tellsOnceOfARestOfHalfADayAndOnceOfItsEnd() {
		ended(Result.RETRYING);
		List<Alarm> told = new ArrayList<>();
		for (int minute = 0; minute < 12 * 60; minute++) {
			ended(Result.PUT_OFF);
			look(resting(this.clock.instant().plusSeconds(60)), this.began);
			told.addAll(told());
			this.clock.advance(Duration.ofMinutes(1));
		}
		assertThat(told).singleElement().satisfies((alarm) -> {
			assertThat(alarm.kind()).isEqualTo(Alarm.Kind.RESTING);
			assertThat(alarm.text()).startsWith("Handler 'crm' has been resting since " + this.began)
				.contains(REASON)
				.endsWith("unfinished are 5.");
		});
		look(HandlerState.RUNNING, null);
		assertThat(told()).singleElement().satisfies((alarm) -> {
			assertThat(alarm.kind()).isEqualTo(Alarm.Kind.RECOVERED);
			assertThat(alarm.text())
				.isEqualTo("Handler 'crm' goes on. It had been resting since " + this.began + "; unfinished are 5.");
		});
		this.clock.advance(Duration.ofMinutes(1));
		look(HandlerState.RUNNING, null);
		assertThat(told()).isEmpty();
	}

	@Test
	void tellsNothingOfRestsThatASuccessEndsWithinAMinute() {
		for (int second = 0; second < 600; second += 4) {
			look(new HandlerState(false,
					new Rest(this.clock.instant(), this.clock.instant().plusSeconds(2), REASON, 0)),
					this.clock.instant());
			this.clock.advance(Duration.ofSeconds(2));
			look(HandlerState.RUNNING, null);
			this.clock.advance(Duration.ofSeconds(2));
			assertThat(told()).isEmpty();
		}
	}

	@Test
	void tellsOfShortRestsOnceAllAttemptsOfAMinuteHaveFailed() {
		for (int second = 0; second < 60; second += 2) {
			look(resting(this.clock.instant().plusSeconds(2)), this.clock.instant());
			assertThat(told()).isEmpty();
			this.clock.advance(Duration.ofSeconds(2));
		}
		look(resting(this.clock.instant().plusSeconds(2)), this.clock.instant());
		assertThat(told()).hasSize(1);
	}

	@Test
	void tellsOfAProbeThatDoesNotEnd() {
		this.clock.advance(Duration.ofMinutes(1));
		look(resting(this.began.plusSeconds(2)), this.began.plusSeconds(2));
		assertThat(told()).isEmpty();
		this.clock.advance(Duration.ofSeconds(2));
		look(resting(this.began.plusSeconds(2)), this.began.plusSeconds(2));
		assertThat(told()).hasSize(1);
	}

	@Test
	void tellsNothingOfARestAfterWhichNothingIsDue() {
		this.clock.advance(Duration.ofHours(5));
		look(resting(this.began.plusSeconds(2)), null);
		look(resting(this.began.plusSeconds(2)), this.clock.instant());
		assertThat(told()).isEmpty();
	}

	@Test
	void leavesAPausedHandlerInPeace() {
		this.clock.advance(Duration.ofHours(1));
		look(resting(this.clock.instant().plusSeconds(60)).withPaused(true), this.began);
		assertThat(told()).isEmpty();
	}

	@Test
	void tellsAtOnceAndOnceOfAHandlerWhoseOtherSystemWantsNothingMore() {
		HandlerState gone = new Pause().applyTo(HandlerState.RUNNING, this.began);
		List<Alarm> told = new ArrayList<>();
		for (int minute = 0; minute < 180; minute++) {
			ended(Result.PUT_OFF);
			look(gone, this.began);
			told.addAll(told());
			this.clock.advance(Duration.ofMinutes(1));
		}
		assertThat(told).singleElement().satisfies((alarm) -> {
			assertThat(alarm.kind()).isEqualTo(Alarm.Kind.GONE);
			assertThat(alarm.isOfState()).isTrue();
			assertThat(alarm.text()).startsWith("Handler 'crm' was paused at " + this.began)
				.contains("410 Gone", "unfinished are 5", "resume it");
		});
		look(gone.withPaused(false), this.began);
		assertThat(told()).isEmpty();
		look(new Pause().applyTo(gone.withPaused(false), this.clock.instant()), this.began);
		assertThat(told()).extracting(Alarm::kind).containsExactly(Alarm.Kind.GONE);
		this.clock.advance(Duration.ofMinutes(1));
		look(HandlerState.RUNNING, null);
		assertThat(told()).extracting(Alarm::kind).containsExactly(Alarm.Kind.RECOVERED);
	}

	@Test
	void tellsNothingOfAPauseThatIsOverBeforeItCouldBeTold() {
		HandlerState gone = new Pause().applyTo(HandlerState.RUNNING, this.began);
		look(gone, this.began);
		assertThat(told()).extracting(Alarm::kind).containsExactly(Alarm.Kind.GONE);
		this.clock.advance(Duration.ofMinutes(10));
		look(new Pause().applyTo(gone.withPaused(false), this.clock.instant()), this.began);
		assertThat(told()).isEmpty();
		look(HandlerState.RUNNING, null);
		this.clock.advance(Duration.ofHours(1));
		assertThat(told()).extracting(Alarm::kind).containsExactly(Alarm.Kind.RECOVERED);
	}

	@Test
	void tellsOfNeitherFailuresNorABacklogThatARestExplains() {
		ended(Result.RETRYING);
		this.clock.advance(Duration.ofMinutes(1));
		look(resting(this.clock.instant().plusSeconds(60)), this.began);
		assertThat(told()).hasSize(1);
		this.clock.advance(Duration.ofHours(2));
		look(resting(this.clock.instant().plusSeconds(60)), this.began);
		assertThat(told()).isEmpty();
	}

	@Test
	void forgetsOnceItIsOverWhatHadFailedBefore() {
		ended(Result.RETRYING);
		this.clock.advance(Duration.ofMinutes(20));
		look(resting(this.clock.instant().plusSeconds(60)), this.began);
		told();
		this.clock.advance(Duration.ofMinutes(20));
		look(HandlerState.RUNNING, null);
		assertThat(told()).extracting(Alarm::kind).containsExactly(Alarm.Kind.RECOVERED);
	}

	@Test
	void tellsOfFailuresAndTheBacklogAgainOnceARestHasLastedTooLong() {
		ended(Result.RETRYING);
		this.clock.advance(Duration.ofHours(24));
		look(resting(this.clock.instant().plusSeconds(60)), this.began);
		assertThat(told()).extracting(Alarm::kind).containsExactly(Alarm.Kind.RESTING);
		this.clock.advance(Duration.ofMinutes(1));
		look(new HandlerState(false, new Rest(this.began, null, REASON, 700)), this.began);
		assertThat(told()).extracting(Alarm::kind).containsExactly(Alarm.Kind.BACKLOG, Alarm.Kind.FAILING);
		this.clock.advance(Duration.ofMinutes(1));
		look(HandlerState.RUNNING, null);
		assertThat(told()).extracting(Alarm::kind).containsExactly(Alarm.Kind.RECOVERED);
	}

	@Test
	void tellsTheEndOfARestThatItHasNotSeenBeginAfterARestart() {
		this.clock.advance(Duration.ofHours(30));
		this.watch = new Watch(this.settings, this.digest, this.clock);
		look(new HandlerState(false, new Rest(this.began, null, REASON, 700)), null);
		assertThat(told()).isEmpty();
		look(HandlerState.RUNNING, null);
		assertThat(told()).extracting(Alarm::kind).containsExactly(Alarm.Kind.RECOVERED);
	}

	@Test
	void tellsNeitherBeginningNorEndOfARestThatIsOverBeforeItCouldBeTold() {
		this.clock.advance(Duration.ofMinutes(2));
		look(resting(this.clock.instant().plusSeconds(60)), this.began);
		look(HandlerState.RUNNING, null);
		assertThat(told()).isEmpty();
	}

	private HandlerState resting(Instant until) {
		return new HandlerState(false, new Rest(this.began, until, REASON, 3));
	}

	private void ended(Result result) {
		this.watch.ended(new Attempt(7, "PaymentOrder", "crm", result, REASON, Duration.ofMillis(5), null));
	}

	private void look(HandlerState state, @Nullable Instant oldest) {
		this.watch.lookAt(new Figures(Map.of("crm", new HandlerFigures(5L, 0L, oldest, state)), this.clock.instant()),
				List.of("crm"));
		this.watch.lookAtFailures();
	}

	private List<Alarm> told() {
		return this.digest.next(this.clock.instant());
	}

}
