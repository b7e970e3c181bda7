package io.pulsehook.dispatch;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.pulsehook.inbox.DueDelivery;
import io.pulsehook.inbox.Frames;
import io.pulsehook.inbox.Repetition;

/**
 * Tells of a handler's failures: of each death, and of what is tried again by the first
 * failure of a kind and now and then another. While what a handler needs is away, a
 * thousand deliveries fail again and again.
 */
final class FailureLog {

	private static final Log logger = LogFactory.getLog(FailureLog.class);

	private final String handler;

	private final LongSupplier nanoTime;

	private final Map<Class<?>, Repetition> repetitions = new ConcurrentHashMap<>();

	FailureLog(String handler, LongSupplier nanoTime) {
		this.handler = handler;
		this.nanoTime = nanoTime;
	}

	void retried(DueDelivery delivery, Throwable thrown, Duration pause) {
		long untold = this.repetitions.computeIfAbsent(thrown.getClass(), (kind) -> new Repetition(this.nanoTime))
			.add();
		if (untold > 0) {
			String others = (untold > 1)
					? ". So were " + (untold - 1) + " others that failed like it since the last line" : "";
			logger.warn(failed(delivery) + "; it is tried again in " + pause + others + frames(thrown));
		}
	}

	void died(DueDelivery delivery, Throwable thrown) {
		logger.error(failed(delivery) + "; it is a dead letter now" + frames(thrown));
	}

	private String failed(DueDelivery delivery) {
		return "Handler '" + this.handler + "' failed on event " + delivery.eventId() + " (" + delivery.type()
				+ "), attempt " + (delivery.attempts() + 1);
	}

	private static String frames(Throwable thrown) {
		return "." + System.lineSeparator() + Frames.of(thrown);
	}

}
