package io.pulsehook.console.overview;

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
 * Something that can take long to count. A thread in the background counts it when
 * somebody asks, who waits for a moment only. After a count that took longer than that,
 * the next one begins after a pause, so that counting uses a fraction of the time.
 *
 * @param <T> the type of what is counted
 */
final class Recounted<T> {

	private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

	/** Counts that take long may take one part in so many of the time. */
	private static final int FRACTION = 20;

	private final Supplier<T> counter;

	private final Executor executor;

	private final InstantSource clock;

	private @Nullable CompletableFuture<Count<T>> latest;

	private volatile @Nullable Count<T> complete;

	private volatile long validUntil = System.nanoTime();

	/**
	 * Creates it, without counting yet.
	 * @param counter counts everything, and is asked by one thread at a time
	 * @param executor has the threads that count
	 * @param clock tells when it was counted
	 */
	Recounted(Supplier<T> counter, Executor executor, InstantSource clock) {
		this.counter = counter;
		this.executor = executor;
		this.clock = clock;
	}

	/**
	 * Returns the last complete count, and begins another one unless that is new enough.
	 * @return the count, or {@code null} as long as the first one is not complete
	 * @throws RuntimeException if counting has failed with it
	 */
	@Nullable Count<T> get() {
		CompletableFuture<Count<T>> begun = begin();
		if (begun == null) {
			return this.complete;
		}
		try {
			return begun.get(PATIENCE_NANOS, TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			return this.complete;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return this.complete;
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() instanceof RuntimeException cause) ? cause : new IllegalStateException(ex);
		}
	}

	private synchronized @Nullable CompletableFuture<Count<T>> begin() {
		boolean underWay = this.latest != null && !this.latest.isDone();
		if (underWay || System.nanoTime() - this.validUntil < 0) {
			return null;
		}
		this.latest = CompletableFuture.supplyAsync(this::count, this.executor);
		return this.latest;
	}

	private Count<T> count() {
		Instant asOf = this.clock.instant();
		long began = System.nanoTime();
		Count<T> count = new Count<>(this.counter.get(), asOf);
		long ended = System.nanoTime();
		long took = ended - began;
		this.validUntil = (took > PATIENCE_NANOS) ? ended + FRACTION * took : ended;
		this.complete = count;
		return count;
	}

	/**
	 * A complete count.
	 *
	 * @param <T> the type of what was counted
	 * @param value what was counted
	 * @param asOf when counting began
	 */
	record Count<T>(T value, Instant asOf) {

	}

}
