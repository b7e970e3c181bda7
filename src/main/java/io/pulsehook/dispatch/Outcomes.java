package io.pulsehook.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.pulsehook.inbox.DueDelivery;
import io.pulsehook.inbox.Frames;
import io.pulsehook.inbox.Outcome;

/**
 * Decides what becomes of a handler's delivery after an attempt, and tells of failures.
 */
final class Outcomes {

	private static final Log logger = LogFactory.getLog(Outcomes.class);

	private final RegisteredHandler handler;

	private final Retries retries;

	private final InstantSource clock;

	Outcomes(RegisteredHandler handler, InstantSource clock) {
		this.handler = handler;
		this.retries = new Retries(handler.settings());
		this.clock = clock;
	}

	Outcome of(DueDelivery delivery, Instant startedAt, @Nullable Throwable thrown) {
		Instant now = this.clock.instant();
		if (thrown == null) {
			return new Outcome(delivery, startedAt, now, null, null);
		}
		Duration pause = this.retries.pauseAfter(delivery.attempts() + 1, thrown);
		log(delivery, thrown, pause);
		return new Outcome(delivery, startedAt, now, Failures.whole(thrown), (pause != null) ? now.plus(pause) : null);
	}

	private void log(DueDelivery delivery, Throwable thrown, @Nullable Duration pause) {
		String failed = "Handler '" + this.handler.id() + "' failed on event " + delivery.eventId() + " ("
				+ delivery.type() + "), attempt " + (delivery.attempts() + 1);
		String frames = System.lineSeparator() + Frames.of(thrown);
		if (pause != null) {
			logger.warn(failed + "; it is tried again in " + pause + "." + frames);
		}
		else {
			logger.error(failed + "; it is a dead letter now." + frames);
		}
	}

}
