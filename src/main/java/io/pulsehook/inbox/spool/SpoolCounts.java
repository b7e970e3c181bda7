package io.pulsehook.inbox.spool;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

import io.pulsehook.failure.LogThrottle;
import io.pulsehook.inbox.model.InboxUnavailableException;

/**
 * Counts what is in the spool, so that nobody has to read its file for that, and keeps it
 * from growing beyond its size.
 */
final class SpoolCounts {

	private static final Log logger = LogFactory.getLog(SpoolCounts.class);

	private final DataSize maxSize;

	private final LogThrottle repetition = new LogThrottle(System::nanoTime);

	private final AtomicLong bytes = new AtomicLong();

	private final AtomicLong waiting = new AtomicLong();

	private final AtomicLong refused = new AtomicLong();

	private final AtomicLong total = new AtomicLong();

	/** Whether the last body found no room. */
	private volatile boolean full;

	SpoolCounts(DataSize maxSize) {
		this.maxSize = maxSize;
	}

	/** Begins with what was left in the file, all of which waits. */
	void begin(SpoolTable.Total left) {
		this.bytes.set(left.bytes());
		this.waiting.set(left.bodies());
	}

	/** Takes room for a body that is about to be kept. */
	void reserve(long size) {
		if (this.bytes.addAndGet(size) <= this.maxSize.toBytes()) {
			return;
		}
		this.bytes.addAndGet(-size);
		this.full = true;
		long untold = this.repetition.add();
		if (untold > 0) {
			logger.error("Webhooks that were answered with 503: " + untold + ", since the spool is full. It may have "
					+ this.maxSize + ", which pulsehook.spool.max-size sets.");
		}
		throw new InboxUnavailableException("The spool is full.", null);
	}

	/** Gives room back, of what was deleted or not kept. */
	void release(long size) {
		if (size > 0) {
			this.bytes.addAndGet(-size);
			this.full = false;
		}
	}

	/** Counts a body that was kept. */
	void kept() {
		this.waiting.incrementAndGet();
		this.total.incrementAndGet();
		this.full = false;
	}

	/** Counts bodies that do not wait any more. */
	void drained(int bodies) {
		this.waiting.addAndGet(-bodies);
	}

	/** Counts a body that the inbox refused. */
	void refuse() {
		this.waiting.decrementAndGet();
		this.refused.incrementAndGet();
	}

	/** Counts a refused body that waits again. */
	void tried() {
		this.refused.decrementAndGet();
		this.waiting.incrementAndGet();
	}

	/** Counts a refused body that was deleted. */
	void deleted(long size) {
		this.refused.decrementAndGet();
		release(size);
	}

	/** How many bodies wait. */
	long waiting() {
		return this.waiting.get();
	}

	/**
	 * Puts the counts together with what others know.
	 * @param since since when webhooks go into the spool, or {@code null}
	 * @param problem why the file cannot be written, or {@code null}
	 */
	SpoolStatus status(@Nullable Instant since, @Nullable String problem) {
		String refusal = (problem == null && this.full) ? "It is full, as pulsehook.spool.max-size says" : problem;
		return new SpoolStatus(since != null, since, waiting(), this.bytes.get(), this.maxSize.toBytes(),
				this.refused.get(), this.total.get(), refusal);
	}

}
