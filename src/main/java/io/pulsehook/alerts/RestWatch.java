package io.pulsehook.alerts;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.pulsehook.alerts.Alarm.Kind;
import io.pulsehook.alerts.Alarm.Subject;
import io.pulsehook.inbox.figures.Figures.HandlerFigures;
import io.pulsehook.inbox.model.HandlerState;
import io.pulsehook.inbox.model.HandlerState.Rest;

/**
 * Notices handlers that rest for long, and tells when they go on. A short rest raises no
 * alarm: a system that asks for a pause of seconds is well, and so is its handler. One
 * that asks to be sent nothing more is told at once.
 */
final class RestWatch {

	/** How long a handler may rest, without a success, before the operator is told. */
	private static final Duration UNTOLD = Duration.ofMinutes(1);

	private final Digest digest;

	private final InstantSource clock;

	private final Set<String> resting = ConcurrentHashMap.newKeySet();

	private final Map<String, Rest> told = new ConcurrentHashMap<>();

	RestWatch(Digest digest, InstantSource clock) {
		this.digest = digest;
		this.clock = clock;
	}

	/**
	 * Tells whether a handler rested when it was last looked at. What it does not do
	 * meanwhile needs no other alarm. One that has rested for too long in vain does not
	 * rest any more.
	 */
	boolean isResting(String handler) {
		return this.resting.contains(handler);
	}

	/**
	 * Looks at the state of a handler.
	 * @return {@code true} if a rest that was told is over
	 */
	boolean lookAt(String handler, HandlerFigures figures) {
		HandlerState state = figures.state();
		if (state.isResting()) {
			this.resting.add(handler);
		}
		else {
			this.resting.remove(handler);
		}
		Rest rest = state.rest();
		if (rest != null && state.isGone() && !rest.equals(this.told.put(handler, rest))) {
			this.digest.add(Alarm.gone(handler, rest.since(), count(figures)));
		}
		if (rest == null) {
			return tellEnd(handler, figures);
		}
		if (isLong(rest, figures) && this.told.putIfAbsent(handler, rest) == null && state.isResting()) {
			this.digest.add(Alarm.resting(handler, rest.reason(), rest.since(), count(figures)));
		}
		return false;
	}

	// The end of a rest can lie in the past although nothing has been tried since, as
	// when nothing has arrived. Then only what waits tells that the rest goes on.
	private boolean isLong(Rest rest, HandlerFigures figures) {
		Instant now = this.clock.instant();
		Instant limit = now.minus(UNTOLD);
		if (figures.state().paused() || rest.since().isAfter(limit)) {
			return false;
		}
		Instant until = rest.until();
		Instant oldest = figures.oldestDue();
		return until == null || until.isAfter(now) || (oldest != null && !oldest.isAfter(limit));
	}

	private boolean tellEnd(String handler, HandlerFigures figures) {
		Rest over = this.told.remove(handler);
		if (over == null) {
			return false;
		}
		this.digest.withdraw(new Subject(Kind.GONE, handler));
		if (!this.digest.withdraw(new Subject(Kind.RESTING, handler))) {
			this.digest.add(Alarm.recovered(handler, over.since(), count(figures)));
		}
		return true;
	}

	private static long count(HandlerFigures figures) {
		Long unfinished = figures.unfinished();
		return (unfinished != null) ? unfinished : 0;
	}

}
