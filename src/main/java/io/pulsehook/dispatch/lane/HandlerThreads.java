package io.pulsehook.dispatch.lane;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * The threads of one handler, and the deliveries that wait for one of them. They are
 * platform threads: a handler that spins on a virtual one would keep its carrier from all
 * other handlers.
 */
final class HandlerThreads {

	private static final Duration IDLE_LIMIT = Duration.ofSeconds(30);

	private final BlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();

	private final ThreadPoolExecutor pool;

	HandlerThreads(String handler, int concurrency) {
		CustomizableThreadFactory factory = new CustomizableThreadFactory("pulsehook-" + handler + "-");
		factory.setDaemon(true);
		this.pool = new ThreadPoolExecutor(concurrency, concurrency, IDLE_LIMIT.toMillis(), TimeUnit.MILLISECONDS,
				this.queue, factory);
		this.pool.allowCoreThreadTimeOut(true);
	}

	/**
	 * Runs a delivery on the next free thread.
	 * @throws OutOfMemoryError if the system gives no thread; the delivery does not run
	 */
	void execute(Run run) {
		this.pool.execute(run);
	}

	/**
	 * Counts the deliveries that wait for a thread.
	 */
	int waiting() {
		return this.queue.size();
	}

	/**
	 * Removes all deliveries that wait for a thread.
	 */
	List<Run> removeWaiting() {
		List<Runnable> removed = new ArrayList<>();
		this.queue.drainTo(removed);
		return removed.stream().map(Run.class::cast).toList();
	}

	/**
	 * Removes deliveries that wait for a thread, but keeps the first ones.
	 */
	List<Run> removeWaitingBeyond(int kept) {
		return this.queue.stream().skip(kept).filter(this.queue::remove).map(Run.class::cast).toList();
	}

	void shutdown() {
		this.pool.shutdown();
	}

	/**
	 * Interrupts the handlers that run.
	 */
	void shutdownNow() {
		this.pool.shutdownNow();
	}

	/**
	 * Waits after a shutdown until all handlers have returned.
	 * @return {@code false} if the time was not enough
	 */
	boolean awaitEnd(Duration time) throws InterruptedException {
		return this.pool.awaitTermination(time.toMillis(), TimeUnit.MILLISECONDS);
	}

}
