package io.pulsehook.receive;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Tells whoever wonders where the webhooks are that some were refused, and why: of the
 * first at once, of more of the same kind once a minute, however many there are.
 */
final class RefusalLog {

	private static final Log logger = LogFactory.getLog(RefusalLog.class);

	private static final long PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);

	private final String reason;

	private final LongSupplier nanoTime;

	private final LongAdder untold = new LongAdder();

	private final AtomicLong quietUntil;

	RefusalLog(String reason, LongSupplier nanoTime) {
		this.reason = reason;
		this.nanoTime = nanoTime;
		this.quietUntil = new AtomicLong(nanoTime.getAsLong());
	}

	void refused() {
		this.untold.increment();
		long now = this.nanoTime.getAsLong();
		long until = this.quietUntil.get();
		if (now - until >= 0 && this.quietUntil.compareAndSet(until, now + PAUSE_NANOS)) {
			logger.warn(this.untold.sumThenReset() + " webhook requests were refused: " + this.reason);
		}
	}

}
