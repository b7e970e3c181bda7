package io.pulsehook.dispatch.lane;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.pulsehook.inbox.model.DueDelivery;

/**
 * One attempt of a delivery, from when it waits for one of its handler's threads until
 * its outcome is on disk.
 */
final class Run implements Runnable {

	private final DueDelivery delivery;

	private final Callable<?> attempt;

	private final Returned listener;

	private final InstantSource clock;

	private final Predicate<DueDelivery> held;

	private final CompletableFuture<Void> over = new CompletableFuture<>();

	private volatile @Nullable Instant startedAt;

	private volatile @Nullable Interruption timeout;

	private volatile boolean revoked;

	private volatile boolean ended;

	private @Nullable Thread thread;

	private @Nullable AtomicInteger unended;

	/**
	 * Creates a run.
	 * @param delivery what runs
	 * @param attempt calls the handler
	 * @param listener is told how that ended
	 * @param clock tells when it began
	 * @param held whether a delivery is still this process's to run
	 */
	Run(DueDelivery delivery, Callable<?> attempt, Returned listener, InstantSource clock,
			Predicate<DueDelivery> held) {
		this.delivery = delivery;
		this.attempt = attempt;
		this.listener = listener;
		this.clock = clock;
		this.held = held;
	}

	DueDelivery delivery() {
		return this.delivery;
	}

	/**
	 * Ends when the outcome is on disk or was given up: the delivery must not run again
	 * before that.
	 */
	CompletableFuture<Void> over() {
		return this.over;
	}

	/**
	 * Whether a thread is at work on it.
	 */
	synchronized boolean isRunning() {
		return this.thread != null;
	}

	/**
	 * Whether the handler has returned.
	 */
	boolean hasEnded() {
		return this.ended;
	}

	/**
	 * When the handler was called, or {@code null} while a thread is awaited.
	 */
	@Nullable Instant startedAt() {
		return this.startedAt;
	}

	/**
	 * Whether it was interrupted for its timeout, however the handler reacts.
	 */
	boolean isHung() {
		return this.timeout != null;
	}

	/**
	 * Whether another process has the delivery, or may have it by now.
	 */
	boolean isRevoked() {
		return this.revoked;
	}

	/**
	 * What the handler is doing; nothing while a thread or a commit is awaited.
	 */
	Optional<RunningDelivery> state() {
		return Optional.ofNullable(this.ended ? null : this.startedAt)
			.map((since) -> new RunningDelivery(this.delivery.eventId(), this.delivery.handler(), since, isHung()));
	}

	/**
	 * Counts among those whose handlers have not returned, until its own handler does.
	 */
	synchronized void countAmong(AtomicInteger unended) {
		if (!this.ended) {
			unended.incrementAndGet();
			this.unended = unended;
		}
	}

	/**
	 * Counts no more, because its handler has returned or will not be called.
	 */
	synchronized void countNoMore() {
		if (this.unended != null) {
			this.unended.decrementAndGet();
			this.unended = null;
		}
	}

	@Override
	public void run() {
		Instant began = this.clock.instant();
		begin(began);
		Throwable thrown = isLost() ? null : call();
		end();
		Interruption late = this.timeout;
		this.listener.report(this, began, (late != null) ? late.failure(thrown) : thrown);
	}

	// While the delivery waited for its thread, or this process was stopped, another
	// process may have taken it over.
	private boolean isLost() {
		if (!this.held.test(this.delivery)) {
			this.revoked = true;
		}
		return this.revoked;
	}

	// A handler may throw anything, an Error as well: all of it is a failed attempt.
	private @Nullable Throwable call() {
		try {
			this.attempt.call();
			return null;
		}
		catch (Throwable ex) {
			return ex;
		}
	}

	private synchronized void begin(Instant now) {
		this.thread = Thread.currentThread();
		this.startedAt = now;
	}

	private synchronized void end() {
		this.thread = null;
		this.ended = true;
		countNoMore();
		// An interrupt meant this attempt, not the thread's next one.
		Thread.interrupted();
	}

	/**
	 * Interrupts the handler once, if it is at work: whatever it does from then on, the
	 * attempt has failed.
	 * @param nanoTime when that is
	 */
	synchronized void timeOut(long nanoTime) {
		if (this.thread != null && this.timeout == null) {
			this.timeout = Interruption.of(this.thread, nanoTime);
		}
	}

	/**
	 * Asks whether the handler goes on although it was interrupted for its timeout.
	 * @param limit the latest time at which it can have been interrupted for that
	 * @return where it was interrupted, once only, or {@code null}
	 */
	synchronized @Nullable Throwable hungSince(long limit) {
		Interruption late = this.timeout;
		return (this.thread != null && late != null) ? late.hungSince(limit) : null;
	}

	/**
	 * Interrupts the handler, whose outcome does not count any more.
	 */
	synchronized void revoke() {
		if (!this.revoked && this.thread != null) {
			this.thread.interrupt();
		}
		this.revoked = true;
	}

	/** Is told, on the handler's thread, how an attempt ended. */
	@FunctionalInterface
	interface Returned {

		/**
		 * The handler has returned or was not called.
		 * @param run the attempt
		 * @param startedAt when it began
		 * @param thrown what it threw, or {@code null}
		 */
		void report(Run run, Instant startedAt, @Nullable Throwable thrown);

	}

}
