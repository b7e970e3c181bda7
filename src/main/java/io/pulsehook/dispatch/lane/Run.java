package io.pulsehook.dispatch.lane;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.pulsehook.dispatch.attempt.CallResult;
import io.pulsehook.inbox.model.DueDelivery;

/**
 * One attempt of a delivery, from the time when it waits for a thread of its handler
 * until its outcome is on disk.
 */
final class Run implements Runnable {

	private final DueDelivery delivery;

	private final Callable<@Nullable String> attempt;

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
	 * @param delivery the delivery that runs
	 * @param attempt calls the handler, and returns what another system answered to which
	 * the event was passed on
	 * @param listener is told how the attempt ended
	 * @param clock tells when it began
	 * @param held tells whether this process still has the claim to the delivery
	 */
	Run(DueDelivery delivery, Callable<@Nullable String> attempt, Returned listener, InstantSource clock,
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
	 * Returns a future that completes when the outcome is on disk or the delivery was
	 * given back. The delivery must not run again before that.
	 */
	CompletableFuture<Void> over() {
		return this.over;
	}

	/**
	 * Tells whether a thread is at work on it.
	 */
	synchronized boolean isRunning() {
		return this.thread != null;
	}

	/**
	 * Tells whether the handler has returned.
	 */
	boolean hasEnded() {
		return this.ended;
	}

	/**
	 * Returns when the handler was called, or {@code null} while the delivery waits for a
	 * thread.
	 */
	@Nullable Instant startedAt() {
		return this.startedAt;
	}

	/**
	 * Tells whether it was interrupted for its timeout, however the handler reacts.
	 */
	boolean isHung() {
		return this.timeout != null;
	}

	/**
	 * Tells whether another process has taken the delivery over, or may have done so by
	 * now.
	 */
	boolean isRevoked() {
		return this.revoked;
	}

	/**
	 * Describes the running handler. It is empty while the delivery waits for a thread or
	 * for a commit.
	 */
	Optional<RunningDelivery> state() {
		return Optional.ofNullable(this.ended ? null : this.startedAt)
			.map((since) -> new RunningDelivery(this.delivery.eventId(), this.delivery.handler(), since, isHung()));
	}

	/**
	 * Adds this run to the count of those whose handler has not returned, until its
	 * handler does.
	 */
	synchronized void countAmong(AtomicInteger unended) {
		if (!this.ended) {
			unended.incrementAndGet();
			this.unended = unended;
		}
	}

	/**
	 * Removes this run from that count, because its handler has returned or will not be
	 * called.
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
		CallResult result = call();
		end();
		Interruption late = this.timeout;
		this.listener.report(this, began, (late != null) ? CallResult.failed(late.failure(result.thrown())) : result);
	}

	// Another process may have taken the delivery over while it waited for its thread, or
	// while this process was suspended.
	private boolean isLost() {
		if (!this.held.test(this.delivery)) {
			this.revoked = true;
		}
		return this.revoked;
	}

	// A handler may throw anything, also an Error, and so may what looks whether it may
	// begin. Whatever is thrown, the attempt has failed: if it had no end, the key of the
	// delivery and a place among the handler's threads would stay taken.
	private CallResult call() {
		try {
			return isLost() ? CallResult.NOT_CALLED : new CallResult(this.attempt.call(), null);
		}
		catch (Throwable ex) {
			return CallResult.failed(ex);
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
		// Clears the interrupt, which was meant for this attempt and not for the next one
		// on this thread.
		Thread.interrupted();
	}

	/**
	 * Interrupts the handler once, if it is at work. The attempt has failed by that,
	 * whatever the handler does from then on.
	 * @param nanoTime the present time
	 */
	synchronized void timeOut(long nanoTime) {
		if (this.thread != null && this.timeout == null) {
			this.timeout = Interruption.of(this.thread, nanoTime);
		}
	}

	/**
	 * Asks whether the handler still runs although it was interrupted for its timeout.
	 * @param limit the handler hangs if it was interrupted at this time or before
	 * @return where it was interrupted, at the first such call only; {@code null}
	 * otherwise
	 */
	synchronized @Nullable Throwable hungSince(long limit) {
		Interruption late = this.timeout;
		return (this.thread != null && late != null) ? late.hungSince(limit) : null;
	}

	/**
	 * Interrupts the handler, because its outcome will not be accepted any more.
	 */
	synchronized void revoke() {
		if (!this.revoked && this.thread != null) {
			this.thread.interrupt();
		}
		this.revoked = true;
	}

	/** Is told on the handler's thread how an attempt ended. */
	@FunctionalInterface
	interface Returned {

		/**
		 * Called when the handler has returned or was not called.
		 * @param run the attempt
		 * @param startedAt when it began
		 * @param result what came of it
		 */
		void report(Run run, Instant startedAt, CallResult result);

	}

}
