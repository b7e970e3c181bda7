package io.pulsehook.threads;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * A value that may take long to work out and is wanted only while somebody looks at it.
 * It is worked out in the background when it is asked for, once for all who ask, and is
 * kept for twenty times as long as that took, so that it costs a small part of the time
 * however large the database is. While it is quick to work out, callers wait for it and
 * see what is there now; else they are given the last one, or nothing until there is one.
 * A value that nobody has asked for is not given to the next who asks: it is forgotten a
 * minute after it should have been worked out anew.
 *
 * @param <T> the type of the value, which must not change once it is there
 */
public final class BackgroundValue<T> {

	private static final Duration PATIENCE = Duration.ofMillis(100);

	private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

	/** A value that should have been worked out anew longer ago tells nothing of now. */
	private static final Duration OUTDATED = Duration.ofMinutes(1);

	/** Working it out may take one part in so many of the time. */
	private static final int FRACTION = 20;

	private final Supplier<T> work;

	private final Executor executor;

	private final InstantSource clock;

	private CompletableFuture<Known<T>> pass = CompletableFuture.failedFuture(new IllegalStateException());

	private volatile @Nullable Known<T> last;

	private volatile long tookNanos;

	private volatile long validUntil = System.nanoTime();

	/**
	 * Creates a value that has not been worked out.
	 * @param work works it out
	 * @param executor runs the work on another thread
	 * @param clock tells since when a value is known
	 */
	public BackgroundValue(Supplier<T> work, Executor executor, InstantSource clock) {
		this.work = work;
		this.executor = executor;
		this.clock = clock;
	}

	/**
	 * Returns the value, and has it worked out anew if it is too old. It waits for a
	 * tenth of a second at most.
	 * @return the newest value that is known, or {@code null} if none is known yet or the
	 * last one is outdated
	 * @throws RuntimeException if the work has thrown it
	 */
	public @Nullable Known<T> get() {
		CompletableFuture<Known<T>> current = pass();
		boolean slow = this.last != null && this.tookNanos > PATIENCE.toNanos();
		try {
			return current.get(slow ? 0 : PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			return this.last;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return this.last;
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() instanceof RuntimeException cause) ? cause : new IllegalStateException(ex.getCause());
		}
	}

	private synchronized CompletableFuture<Known<T>> pass() {
		if (this.pass.isDone() && System.nanoTime() - this.validUntil >= 0) {
			forgetIfOutdated();
			this.pass = CompletableFuture.supplyAsync(this::workOut, this.executor);
		}
		return this.pass;
	}

	private void forgetIfOutdated() {
		Known<T> known = this.last;
		Duration kept = Duration.ofNanos((FRACTION + 1) * this.tookNanos);
		if (known != null && known.at().plus(kept).plus(OUTDATED).isBefore(this.clock.instant())) {
			this.last = null;
		}
	}

	private Known<T> workOut() {
		Instant at = this.clock.instant();
		long began = System.nanoTime();
		this.validUntil = began + PAUSE_AFTER_FAILURE.toNanos();
		Known<T> known = new Known<>(this.work.get(), at);
		long ended = System.nanoTime();
		this.tookNanos = ended - began;
		this.validUntil = ended + FRACTION * this.tookNanos;
		this.last = known;
		return known;
	}

	/**
	 * A value that has been worked out.
	 *
	 * @param value the value
	 * @param at when work on it began, so that nothing later is in it
	 * @param <T> its type
	 */
	public record Known<T>(T value, Instant at) {

	}

}
