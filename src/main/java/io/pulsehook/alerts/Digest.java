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
 * Decides when alarms are told. The first alarm of a subject is told soon; those that
 * follow are collected and told together once an interval. After each post there is a
 * pause, so that the operator is never flooded.
 */
final class Digest {

	private final Duration interval;

	private final Duration pause;

	private final Map<Subject, Alarm> untold = new LinkedHashMap<>();

	private final Map<Subject, Instant> told = new HashMap<>();

	private @Nullable Instant lastTold;

	// Trouble seldom comes alone: alarms that are raised during the pause between two
	// posts are told together.
	Digest(Duration interval, Duration pause) {
		this.interval = interval;
		this.pause = pause;
	}

	synchronized void add(Alarm alarm) {
		this.untold.merge(alarm.subject(), alarm, (earlier, later) -> later.after(earlier));
	}

	/**
	 * Drops an alarm whose trouble was over before it was told.
	 * @return {@code false} if there is none, since it has been told or never was raised
	 */
	synchronized boolean withdraw(Subject subject) {
		return this.untold.remove(subject) != null;
	}

	/**
	 * Returns the alarms to tell now, which may be none.
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
	 * Takes back alarms that could not be stored. They are returned again after the
	 * pause.
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
