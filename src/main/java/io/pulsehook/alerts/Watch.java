package io.pulsehook.alerts;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import io.pulsehook.alerts.Alarm.Kind;
import io.pulsehook.alerts.Alarm.Subject;
import io.pulsehook.dispatch.attempt.AttemptListener;
import io.pulsehook.inbox.figures.Figures;
import io.pulsehook.inbox.figures.Figures.HandlerFigures;
import io.pulsehook.inbox.model.HandlerState;
import io.pulsehook.inbox.model.Outage;

/**
 * Notices trouble. Trouble with the handler of alarms itself raises no alarm: that alarm
 * could not be posted either, and its failure would raise the next one.
 */
final class Watch implements AttemptListener {

	private final AlertSettings settings;

	private final Digest digest;

	private final InstantSource clock;

	private final Instant startedAt;

	private final RestWatch rests;

	private final Map<String, Failing> failing = new ConcurrentHashMap<>();

	private volatile MutedGroups muted = MutedGroups.NONE;

	Watch(AlertSettings settings, Digest digest, InstantSource clock) {
		this.settings = settings;
		this.digest = digest;
		this.clock = clock;
		this.startedAt = clock.instant();
		this.rests = new RestWatch(digest, clock);
	}

	/**
	 * Raises no alarm for dead letters of some groups.
	 * @param muted the groups
	 */
	void leaveOut(MutedGroups muted) {
		this.muted = muted;
	}

	@Override
	public void ended(Attempt attempt) {
		if (attempt.handler().equals(AlertHandler.ID) || attempt.result() == Result.PUT_OFF) {
			return;
		}
		if (attempt.result() == Result.DONE) {
			this.failing.remove(attempt.handler());
			this.digest.withdraw(new Subject(Kind.FAILING, attempt.handler()));
			return;
		}
		Instant now = this.clock.instant();
		this.failing.merge(attempt.handler(), new Failing(now, 1, attempt.error(), false),
				(earlier, later) -> new Failing(earlier.since(), earlier.attempts() + 1, later.error(), false));
		if (attempt.result() == Result.DEAD && !this.muted.has(attempt)) {
			this.digest.add(Alarm.dead(attempt.handler(), attempt.type(), attempt.eventId(), attempt.error(), now));
		}
	}

	/**
	 * Raises an alarm for each handler that has failed for too long, if it has failed
	 * again since the last alarm. One that rests raises an alarm for that alone.
	 */
	void lookAtFailures() {
		Instant limit = this.clock.instant().minus(this.settings.failingFor());
		this.failing.replaceAll((handler, failing) -> {
			if (failing.told() || failing.since().isAfter(limit) || this.rests.isResting(handler)) {
				return failing;
			}
			this.digest.add(Alarm.failing(handler, failing.error(), failing.since(), failing.attempts()));
			return new Failing(failing.since(), failing.attempts(), failing.error(), true);
		});
	}

	// An outage is told when it is over: while it lasts, the alarm could not be stored.
	void recovered(Outage outage, @Nullable Long kept) {
		this.digest.add(Alarm.outage(outage.since(), kept));
	}

	void lookAt(Figures figures, Collection<String> handlers) {
		handlers.stream()
			.filter((handler) -> !handler.equals(AlertHandler.ID))
			.forEach((handler) -> lookAt(handler, figures.of(handler)));
		lookAtSilence(figures.lastEvent());
	}

	// A rest that is over has ended with a success, maybe in another process, so that
	// what failed in this one before the rest is of no interest any more.
	private void lookAt(String handler, HandlerFigures figures) {
		if (this.rests.lookAt(handler, figures)) {
			this.failing.remove(handler);
		}
		lookAtBacklog(handler, figures);
	}

	private void lookAtBacklog(String handler, HandlerFigures figures) {
		Instant limit = this.clock.instant().minus(this.settings.backlogAge());
		Instant oldest = figures.oldestDue();
		Long unfinished = figures.unfinished();
		if (oldest != null && !oldest.isAfter(limit) && !stands(figures.state())) {
			this.digest.add(Alarm.backlog(handler, oldest, (unfinished != null) ? unfinished : 0));
		}
		else {
			this.digest.withdraw(new Subject(Kind.BACKLOG, handler));
		}
	}

	// Tells whether it is known why nothing goes on: somebody has paused the handler, or
	// it rests, for which there is an alarm of its own.
	private static boolean stands(HandlerState state) {
		return state.paused() || state.isResting();
	}

	// Silence begins at the start of this process at the earliest: no event could be
	// received before.
	private void lookAtSilence(@Nullable Instant lastEvent) {
		Instant since = (lastEvent != null && lastEvent.isAfter(this.startedAt)) ? lastEvent : this.startedAt;
		if (this.settings.silence() != null && !since.plus(this.settings.silence()).isAfter(this.clock.instant())) {
			this.digest.add(Alarm.silence(since));
		}
		else {
			this.digest.withdraw(new Subject(Kind.SILENCE, null));
		}
	}

	private record Failing(Instant since, long attempts, @Nullable String error, boolean told) {

	}

}
