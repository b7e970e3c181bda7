package io.pulsehook.receive;

import java.util.function.LongSupplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.pulsehook.failure.LogThrottle;

/**
 * Logs that webhook requests were refused and why, so that an operator who misses
 * webhooks finds the reason. The first refusal of a kind is logged at once and further
 * ones only now and then, so that no number of them floods the log.
 */
final class RefusalLog {

	private static final Log logger = LogFactory.getLog(RefusalLog.class);

	private final String reason;

	private final LogThrottle repetition;

	RefusalLog(String reason, LongSupplier nanoTime) {
		this.reason = reason;
		this.repetition = new LogThrottle(nanoTime);
	}

	void refused() {
		long untold = this.repetition.add();
		if (untold > 0) {
			logger.warn("Webhook requests were refused (" + untold + "): " + this.reason);
		}
	}

}
