package io.pulsehook.dispatch;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.pulsehook.inbox.model.DueDelivery;

/**
 * One attempt of a delivery, on a thread of its handler's.
 */
final class Run implements Runnable {

	private final DueDelivery delivery;

	private final Callable<?> attempt;

	private final Ended listener;

	private final InstantSource clock;

	private final Predicate<DueDelivery> held;

	private final CompletableFuture<Void> over = new CompletableFuture<>();

	private volatile @Nullable Instant startedAt;

	private volatile @Nullable TimeoutException timeout;

	private volatile boolean revoked;

	private volatile boolean ended;

	private @Nullable Thread thread;

	private @Nullable AtomicInteger unended;

	private long timedOutAt;

	private boolean toldHung;

	Run(DueDelivery delivery, Callable<?> attempt, Ended listener, InstantSource clock, Predicate<DueDelivery> held) {
		this.delivery = delivery;
		this.attempt = attempt;
		this.listener = listener;
		this.clock = clock;
		this.held = held;
	}

	// Ends when the outcome is on disk, or was given up: only then may it run again.
	CompletableFuture<Void> over() {
		return this.over;
	}

	DueDelivery delivery() {
		return this.delivery;
	}

	// Whether a handler is at it.
	synchronized boolean isRunning() {
		return this.thread != null;
	}

	// Whether the handler has returned.
	boolean hasEnded() {
		return this.ended;
	}

	// When the handler was called, or null while a thread is awaited.
	@Nullable Instant startedAt() {
		return this.startedAt;
	}

	// What the handler is doing, or nothing while a thread or a commit is awaited.
	Optional<RunningDelivery> state() {
		return Optional.ofNullable(this.ended ? null : this.startedAt)
			.map((since) -> new RunningDelivery(this.delivery.eventId(), this.delivery.handler(), since, isHung()));
	}

	// Counts among those whose handlers have not returned, from now on until its own
	// does.
	synchronized void countAmong(AtomicInteger unended) {
		if (!this.ended) {
			unended.incrementAndGet();
			this.unended = unended;
		}
	}

	// Counts no more, as one that will never be called.
	synchronized void countNoMore() {
		if (this.unended != null) {
			this.unended.decrementAndGet();
			this.unended = null;
		}
	}

	// Whether another process has the delivery, or may have it by now.
	boolean isRevoked() {
		return this.revoked;
	}

	// Whether it was interrupted for its timeout and has not reacted yet.
	boolean isHung() {
		return this.timeout != null;
	}

	@Override
	public void run() {
		Instant began = this.clock.instant();
		begin(began);
		Throwable thrown = isLost() ? null : call();
		end();
		this.listener.report(this, began, failure(thrown));
	}

	// It may have waited for its thread, or this process have been stopped, until another
	// one took over.
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

	// Interrupts the handler, if there is one to interrupt: whatever it does from now on,
	// this attempt has failed.
	synchronized void timeOut() {
		if (this.thread == null || this.timeout != null) {
			return;
		}
		TimeoutException late = new TimeoutException("The handler did not return within its timeout.");
		// What it was doing tells more than who interrupted it.
		late.setStackTrace(this.thread.getStackTrace());
		this.timeout = late;
		this.timedOutAt = System.nanoTime();
		this.thread.interrupt();
	}

	// Returns where the handler was interrupted if it has gone on for so long since then,
	// once.
	synchronized @Nullable Throwable hungFor(long nanos) {
		if (this.thread == null || this.timeout == null || this.toldHung
				|| System.nanoTime() - this.timedOutAt < nanos) {
			return null;
		}
		this.toldHung = true;
		return this.timeout;
	}

	// Interrupts the handler, whose outcome does not count any more.
	synchronized void revoke() {
		if (!this.revoked && this.thread != null) {
			this.thread.interrupt();
		}
		this.revoked = true;
	}

	private @Nullable Throwable failure(@Nullable Throwable thrown) {
		TimeoutException late = this.timeout;
		if (late == null) {
			return thrown;
		}
		if (thrown != null) {
			late.addSuppressed(thrown);
		}
		return late;
	}

	/** Is told, on the handler's thread, how the attempt ended. */
	@FunctionalInterface
	interface Ended {

		void report(Run run, Instant startedAt, @Nullable Throwable thrown);

	}

}
