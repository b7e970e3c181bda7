package io.pulsehook.threads;

import java.time.Duration;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * Work that is done again and again, on a thread of its own, while the application runs.
 * The thread survives whatever the work throws, see {@link GuardedLoop}.
 */
public abstract class PeriodicTask implements SmartLifecycle {

	private final String thread;

	private final Duration delay;

	private final Duration stopLimit;

	private final CoreThreads threads;

	private volatile @Nullable GuardedLoop loop;

	private boolean failing;

	/**
	 * Creates a task, which does nothing until it is started.
	 * @param thread the name of its thread
	 * @param delay how long it waits, once it is started, before it works
	 * @param stopLimit how long {@link #stop()} waits for work that is being done
	 * @param threads where its thread is watched
	 */
	protected PeriodicTask(String thread, Duration delay, Duration stopLimit, CoreThreads threads) {
		this.thread = thread;
		this.delay = delay;
		this.stopLimit = stopLimit;
		this.threads = threads;
	}

	/**
	 * Does the work once. What it throws is logged, and the work is repeated soon.
	 * @param self the loop, which tells long work when it is to stop
	 * @return how long to pause before the work is done again
	 */
	protected abstract Duration run(GuardedLoop self);

	/**
	 * Does work that must not be repeated soon if it fails, so that what it throws goes
	 * no further. Two threads never do it at the same time, also when the task is started
	 * again while its former thread is still busy.
	 * @param work what is done
	 * @param report gets what was thrown, but only at the first of several failures in
	 * succession
	 * @return {@code false} if the work has failed
	 */
	protected final synchronized boolean attempt(Runnable work, Consumer<Throwable> report) {
		try {
			work.run();
			this.failing = false;
			return true;
		}
		catch (RuntimeException | Error ex) {
			boolean begins = !this.failing;
			this.failing = true;
			if (begins) {
				report.accept(ex);
			}
			return false;
		}
	}

	@Override
	public void start() {
		start(this.delay);
	}

	/**
	 * Starts the thread.
	 * @param delay how long it waits before it works
	 */
	public void start(Duration delay) {
		this.loop = GuardedLoop.of(this.thread, this::run, this.threads).start(delay);
	}

	/**
	 * Stops the task. Work that is being done is not interrupted and may end, and no more
	 * is begun.
	 */
	@Override
	public void stop() {
		GuardedLoop stopped = this.loop;
		this.loop = null;
		if (stopped == null) {
			return;
		}
		stopped.stop();
		try {
			stopped.awaitEnd(this.stopLimit);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public boolean isRunning() {
		return this.loop != null;
	}

}
