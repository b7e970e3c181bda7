package io.pulsehook.dispatch.attempt;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.pulsehook.dispatch.handler.DestinationException;
import io.pulsehook.failure.Causes;
import io.pulsehook.failure.LogThrottle;
import io.pulsehook.failure.StackFrames;
import io.pulsehook.inbox.model.DueDelivery;

/**
 * Logs a handler's failures. Each dead letter is logged; of failures that are tried
 * again, the first of a kind and now and then another. While a system that the handler
 * needs is down, thousands of attempts fail, and a line for each would hide everything
 * else.
 */
final class FailureLog {

	private static final Log logger = LogFactory.getLog(FailureLog.class);

	private final String handler;

	private final LongFunction<String> eventAddress;

	private final LongSupplier nanoTime;

	private final Map<Class<?>, LogThrottle> repetitions = new ConcurrentHashMap<>();

	FailureLog(String handler, LongFunction<String> eventAddress, LongSupplier nanoTime) {
		this.handler = handler;
		this.eventAddress = eventAddress;
		this.nanoTime = nanoTime;
	}

	/**
	 * Logs a failed attempt after which the delivery is tried again.
	 */
	void retried(DueDelivery delivery, Throwable thrown, Duration pause) {
		long untold = this.repetitions.computeIfAbsent(thrown.getClass(), (kind) -> new LogThrottle(this.nanoTime))
			.add();
		if (untold > 0) {
			String others = (untold > 1)
					? ". So were " + (untold - 1) + " others that failed like it since the last line" : "";
			logger.warn(failed(delivery) + "; it is tried again in " + pause + others + rest(delivery, thrown));
		}
	}

	/**
	 * Logs a failed attempt that made the delivery a dead letter.
	 */
	void died(DueDelivery delivery, Throwable thrown) {
		logger.error(failed(delivery) + "; it is a dead letter now" + rest(delivery, thrown));
	}

	private String failed(DueDelivery delivery) {
		return "Handler '" + this.handler + "' failed on event " + delivery.eventId() + " (" + delivery.type()
				+ "), attempt " + (delivery.attempts() + 1);
	}

	// The exception's message can quote the event. It is therefore not logged, but shown
	// behind the login only. What another system did is said in a sentence without data.
	private String rest(DueDelivery delivery, Throwable thrown) {
		DestinationException refusal = Causes.find(thrown, DestinationException.class);
		if (refusal != null) {
			return ". " + refusal.getMessage() + " What came back is shown at "
					+ this.eventAddress.apply(delivery.eventId()) + ".";
		}
		return ". The exception's message is shown at " + this.eventAddress.apply(delivery.eventId()) + "."
				+ System.lineSeparator() + StackFrames.of(thrown);
	}

}
