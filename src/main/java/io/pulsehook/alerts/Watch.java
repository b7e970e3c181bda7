package io.pulsehook.alerts;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import io.pulsehook.alerts.Alarm.Kind;
import io.pulsehook.alerts.Alarm.Subject;
import io.pulsehook.dispatch.lane.AttemptListener;
import io.pulsehook.inbox.model.Outage;
import io.pulsehook.inbox.query.Figures;
import io.pulsehook.inbox.query.Figures.HandlerFigures;

/**
 * Notices trouble. Trouble with the handler of alarms itself raises no alarm: that alarm
 * could not be posted either, and its failure would raise the next one.
 */
final class Watch implements AttemptListener {

	private final AlertSettings settings;

	private final Digest digest;

	private final InstantSource clock;

	private final Instant startedAt;

	private final Map<String, Failing> failing = new ConcurrentHashMap<>();

	Watch(AlertSettings settings, Digest digest, InstantSource clock) {
		this.settings = settings;
		this.digest = digest;
		this.clock = clock;
		this.startedAt = clock.instant();
	}

	@Override
	public void ended(Attempt attempt) {
		if (attempt.handler().equals(AlertHandler.ID)) {
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
		if (attempt.result() == Result.DEAD) {
			this.digest.add(Alarm.dead(attempt.handler(), attempt.type(), attempt.eventId(), attempt.error(), now));
		}
	}

	/**
	 * Raises an alarm for each handler that has failed for too long, if it has failed
	 * again since the last alarm.
	 */
	void lookAtFailures() {
		Instant limit = this.clock.instant().minus(this.settings.failingFor());
		this.failing.replaceAll((handler, failing) -> {
			if (failing.told() || failing.since().isAfter(limit)) {
				return failing;
			}
			this.digest.add(Alarm.failing(handler, failing.error(), failing.since(), failing.attempts()));
			return new Failing(failing.since(), failing.attempts(), failing.error(), true);
		});
	}

	// An outage is told when it is over: while it lasts, the alarm could not be stored.
	void recovered(Outage outage) {
		this.digest.add(Alarm.outage(outage.since()));
	}

	void lookAt(Figures figures, Collection<String> handlers) {
		handlers.stream()
			.filter((handler) -> !handler.equals(AlertHandler.ID))
			.forEach((handler) -> lookAtBacklog(handler, figures.of(handler)));
		lookAtSilence(figures.lastEvent());
	}

	private void lookAtBacklog(String handler, HandlerFigures figures) {
		Instant limit = this.clock.instant().minus(this.settings.backlogAge());
		Instant oldest = figures.oldestDue();
		Long unfinished = figures.unfinished();
		if (oldest != null && !oldest.isAfter(limit) && !figures.paused()) {
			this.digest.add(Alarm.backlog(handler, oldest, (unfinished != null) ? unfinished : 0));
		}
		else {
			this.digest.withdraw(new Subject(Kind.BACKLOG, handler));
		}
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
