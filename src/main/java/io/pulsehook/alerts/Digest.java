package io.pulsehook.alerts;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.pulsehook.alerts.Alarm.Subject;

/**
 * Decides which alarms are told when: the first of a subject soon, all that follow of the
 * same subject together once an interval, and nothing within a pause after the last
 * telling. Whatever happens, that is one post a pause at the most, and one an interval
 * for what goes on.
 */
final class Digest {

	private final Duration interval;

	private final Duration pause;

	private final Map<Subject, Alarm> untold = new LinkedHashMap<>();

	private final Map<Subject, Instant> told = new HashMap<>();

	private @Nullable Instant lastTold;

	// Two posts are a pause apart, because trouble seldom comes alone: all that begins
	// meanwhile is told together.
	Digest(Duration interval, Duration pause) {
		this.interval = interval;
		this.pause = pause;
	}

	synchronized void add(Alarm alarm) {
		this.untold.merge(alarm.subject(), alarm, (earlier, later) -> later.after(earlier));
	}

	/**
	 * Forgets a trouble that was over before it was told.
	 */
	synchronized void withdraw(Subject subject) {
		this.untold.remove(subject);
	}

	/**
	 * Returns what is to be told now, possibly nothing.
	 */
	synchronized List<Alarm> next(Instant now) {
		if (isTooEarly(now) || this.untold.keySet().stream().noneMatch((subject) -> isDue(subject, now))) {
			return List.of();
		}
		List<Alarm> alarms = List.copyOf(this.untold.values());
		this.untold.keySet().forEach((subject) -> this.told.put(subject, now));
		this.untold.clear();
		this.lastTold = now;
		return alarms;
	}

	/**
	 * Takes back what could not be told; it is tried again after the pause.
	 */
	synchronized void giveBack(List<Alarm> alarms) {
		for (Alarm alarm : alarms) {
			this.untold.merge(alarm.subject(), alarm, (later, earlier) -> later.after(earlier));
			this.told.remove(alarm.subject());
		}
	}

	private boolean isTooEarly(Instant now) {
		return this.lastTold != null && now.isBefore(this.lastTold.plus(this.pause));
	}

	private boolean isDue(Subject subject, Instant now) {
		Instant last = this.told.get(subject);
		return last == null || !now.isBefore(last.plus(this.interval));
	}

}
