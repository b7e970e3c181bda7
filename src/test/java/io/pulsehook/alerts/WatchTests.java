package io.pulsehook.alerts;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.pulsehook.dispatch.attempt.AttemptListener.Attempt;
import io.pulsehook.dispatch.attempt.AttemptListener.Result;
import io.pulsehook.inbox.SettableClock;
import io.pulsehook.inbox.figures.Figures;
import io.pulsehook.inbox.figures.Figures.HandlerFigures;
import io.pulsehook.inbox.model.HandlerState;
import io.pulsehook.inbox.model.Outage;
import io.pulsehook.inbox.triage.GroupKey;

import static org.assertj.core.api.Assertions.assertThat;

class WatchTests {

	private static final String ERROR = "java.net.ConnectException";

	private final SettableClock clock = new SettableClock();

	private final Digest digest = new Digest(Duration.ofHours(1), Duration.ofMinutes(1));

	private final AlertSettings settings = new AlertSettings(URI.create("http://localhost"), null, AlertFormat.STANDARD,
			null, null, Duration.ofHours(1), Duration.ofMinutes(1), Duration.ofMinutes(10), Duration.ofMinutes(15),
			Duration.ofHours(2));

	private final Watch watch = new Watch(this.settings, this.digest, this.clock);

	@Test
	void tellsOfADeadDelivery() {
		ended("crm", Result.DEAD);
		assertThat(told())
			.containsExactly("Handler 'crm' gave up on event 7 (PaymentOrder, " + ERROR + "). It is a dead letter.");
	}

	@Test
	void tellsNothingOfADeadDeliveryWhoseGroupIsMuted() {
		this.watch.leaveOut(new MutedGroups(Set.of(GroupKey.ofError("crm", ERROR + ": No contact 5"))));
		ended("crm", Result.DEAD);
		assertThat(told()).isEmpty();
		ended("other", Result.DEAD);
		assertThat(told()).hasSize(1);
	}

	@Test
	void tellsOfAHandlerThatFailsForTenMinutes() {
		Instant began = this.clock.instant();
		ended("crm", Result.RETRYING);
		this.clock.advance(Duration.ofMinutes(9));
		ended("crm", Result.RETRYING);
		assertThat(told()).isEmpty();
		this.clock.advance(Duration.ofMinutes(1));
		ended("crm", Result.RETRYING);
		assertThat(told()).singleElement()
			.asString()
			.startsWith("Handler 'crm' has succeeded with nothing since " + began)
			.endsWith("3 attempts failed, the last one with " + ERROR + ".");
	}

	@Test
	void tellsNothingOfAHandlerThatSucceedsInBetween() {
		ended("crm", Result.RETRYING);
		this.clock.advance(Duration.ofMinutes(9));
		ended("crm", Result.DONE);
		this.clock.advance(Duration.ofMinutes(9));
		ended("crm", Result.RETRYING);
		assertThat(told()).isEmpty();
	}

	@Test
	void tellsOfAFailingHandlerAgainOnlyIfItHasFailedAgain() {
		ended("crm", Result.RETRYING);
		this.clock.advance(Duration.ofMinutes(10));
		assertThat(told()).hasSize(1);
		this.clock.advance(Duration.ofHours(3));
		assertThat(told()).isEmpty();
		ended("crm", Result.RETRYING);
		assertThat(told()).hasSize(1);
	}

	@Test
	void tellsOfABacklogThatIsTooOld() {
		Instant oldest = this.clock.instant();
		this.clock.advance(Duration.ofMinutes(14));
		look(backlog(oldest, false));
		assertThat(told()).isEmpty();
		this.clock.advance(Duration.ofMinutes(1));
		look(backlog(oldest, false));
		assertThat(told()).containsExactly(
				"The oldest delivery for handler 'crm' has been waiting since " + oldest + ". Unfinished are 5.");
	}

	@Test
	void leavesAPausedHandlerInPeace() {
		look(backlog(this.clock.instant().minus(Duration.ofDays(1)), true));
		assertThat(told()).isEmpty();
	}

	@Test
	void tellsOfSilenceSinceTheLastEventOrSinceItWasStarted() {
		Instant started = this.clock.instant();
		this.clock.advance(Duration.ofMinutes(119));
		look(new Figures(Map.of(), started.minus(Duration.ofDays(1))));
		assertThat(told()).isEmpty();
		this.clock.advance(Duration.ofMinutes(1));
		look(new Figures(Map.of(), started.minus(Duration.ofDays(1))));
		assertThat(told()).containsExactly("No event has been received since " + started + ".");
		Instant event = this.clock.instant();
		this.clock.advance(Duration.ofHours(2));
		look(new Figures(Map.of(), event));
		assertThat(told()).containsExactly("No event has been received since " + event + ".");
	}

	@Test
	void tellsOfAnOutageWhenItIsOver() {
		Instant began = this.clock.instant();
		this.watch.recovered(new Outage(began, "disk full"), null);
		assertThat(told()).singleElement().asString().contains("from " + began).doesNotContain("disk full");
	}

	@Test
	void tellsHowManyWebhooksOfAnOutageTheSpoolHasKept() {
		Instant began = this.clock.instant();
		this.watch.recovered(new Outage(began, "disk full"), 12L);
		assertThat(told()).containsExactly("The database could not be written from " + began
				+ " on; webhooks were kept in the spool. It works again, and stores what was kept: 12 webhooks.");
	}

	@Test
	void tellsNothingOfTheHandlerThatTells() {
		ended(AlertHandler.ID, Result.DEAD);
		this.clock.advance(Duration.ofHours(1));
		ended(AlertHandler.ID, Result.RETRYING);
		this.watch.lookAt(
				new Figures(
						Map.of(AlertHandler.ID, new HandlerFigures(5L, 5L,
								this.clock.instant().minus(Duration.ofHours(1)), HandlerState.RUNNING)),
						this.clock.instant()),
				List.of(AlertHandler.ID));
		assertThat(told()).isEmpty();
	}

	private void ended(String handler, Result result) {
		String error = (result != Result.DONE) ? ERROR : null;
		this.watch.ended(new Attempt(7, "PaymentOrder", handler, result, error, Duration.ofMillis(5),
				(error != null) ? error + ": No contact 17" : null));
	}

	private Figures backlog(Instant oldest, boolean paused) {
		return new Figures(Map.of("crm", new HandlerFigures(5L, 0L, oldest, HandlerState.RUNNING.withPaused(paused))),
				this.clock.instant());
	}

	private void look(Figures figures) {
		this.watch.lookAt(figures, List.of("crm", AlertHandler.ID));
	}

	private List<String> told() {
		this.watch.lookAtFailures();
		return this.digest.next(this.clock.instant()).stream().map(Alarm::text).toList();
	}

}
