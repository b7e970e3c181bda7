package io.pulsehook.receive;

import java.util.function.LongSupplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.pulsehook.failure.LogThrottle;

/**
 * Tells whoever wonders where the webhooks are that some were refused, and why: of the
 * first at once, of more of the same kind now and then, however many there are.
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
			logger.warn(untold + " webhook requests were refused: " + this.reason);
		}
	}

}
