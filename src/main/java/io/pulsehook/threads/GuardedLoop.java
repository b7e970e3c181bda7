package io.pulsehook.threads;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.pulsehook.failure.DatabaseErrors;

/**
 * A thread that does its work again and again until it is stopped. Nothing that a turn
 * throws ends it: the turn is repeated after a pause that grows with each failure in
 * succession, and the log tells of the first one and then once a minute. A loop can be
 * started only once; whoever needs it again creates another one.
 */
public final class GuardedLoop {

	private static final Log logger = LogFactory.getLog(GuardedLoop.class);

	/** The error that stops a thread by force, which therefore must not be caught. */
	private static final String THREAD_DEATH = "java.lang.ThreadDeath";

	private final Turn turn;

	private final CoreThreads threads;

	private final boolean vital;

	private final Thread thread;

	private final CountDownLatch stop = new CountDownLatch(1);

	private Duration first = Duration.ZERO;

	private final FailureStreak failures = new FailureStreak();

	private GuardedLoop(String name, boolean vital, Turn turn, CoreThreads threads) {
		this.turn = turn;
		this.threads = threads;
		this.vital = vital;
		this.thread = new Thread(this::run, name);
		this.thread.setDaemon(true);
	}

	/**
	 * Creates a loop that the process can do without for a while.
	 * @param name the thread's name
	 * @param turn what is done again and again
	 * @param threads where it is watched
	 * @return the loop, which has to be started
	 */
	public static GuardedLoop of(String name, Turn turn, CoreThreads threads) {
		return new GuardedLoop(name, false, turn, threads);
	}

	/**
	 * Creates a loop without which the process is of no use.
	 * @param name the thread's name
	 * @param turn what is done again and again
	 * @param threads where it is watched
	 * @return the loop, which has to be started
	 */
	public static GuardedLoop vital(String name, Turn turn, CoreThreads threads) {
		return new GuardedLoop(name, true, turn, threads);
	}

	/**
	 * Starts the thread.
	 * @return this loop
	 */
	public GuardedLoop start() {
		return start(Duration.ZERO);
	}

	/**
	 * Starts the thread.
	 * @param pause how long it waits before its first turn
	 * @return this loop
	 */
	public GuardedLoop start(Duration pause) {
		this.first = pause;
		this.thread.start();
		this.threads.watch(this);
		return this;
	}

	private void run() {
		boolean asItShould = false;
		try {
			pause(this.first);
			while (!isStopped() || this.turn.hasMore()) {
				takeTurn();
			}
			asItShould = true;
		}
		finally {
			ended(asItShould);
		}
	}

	private void ended(boolean asItShould) {
		try {
			this.turn.end();
		}
		finally {
			if (asItShould || isStopped()) {
				this.threads.forget(this);
			}
			else {
				this.threads.lose(this);
			}
		}
	}

	private void takeTurn() {
		try {
			Duration pause = this.turn.take(this);
			succeeded();
			pause(pause);
		}
		catch (Throwable ex) {
			rethrowIfThreadDeath(ex);
			survive(ex);
		}
	}

	private static void rethrowIfThreadDeath(Throwable thrown) {
		if (thrown instanceof Error error && thrown.getClass().getName().equals(THREAD_DEATH)) {
			throw error;
		}
	}

	// Reports the failure and pauses. If even that fails, for want of memory, the thread
	// only sleeps, which needs none.
	private void survive(Throwable thrown) {
		try {
			failed(thrown);
		}
		catch (Throwable ex) {
			rethrowIfThreadDeath(ex);
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(FailureStreak.LONGEST_PAUSE_MILLIS));
		}
	}

	// Ignores interrupts: this application never interrupts these threads, and an
	// interrupt that was meant for something else is no failure.
	private void failed(Throwable thrown) {
		if (thrown instanceof InterruptedException) {
			return;
		}
		if (this.failures.add()) {
			logger.error("The thread '" + name() + "' failed and goes on; what it does is tried again, at least every "
					+ "second. Failures in succession: " + this.failures.length() + ". " + DatabaseErrors.of(thrown));
		}
		if (this.vital && failsFor().compareTo(this.threads.patience()) > 0) {
			this.threads.lose(this);
		}
		pause(this.failures.pause());
	}

	private void succeeded() {
		if (this.failures.end()) {
			this.threads.recover(this);
			logger.info("The thread '" + name() + "' does its work again.");
		}
	}

	private void pause(Duration pause) {
		if (!pause.isZero()) {
			waitForStop(pause);
		}
	}

	/**
	 * Waits on the loop's own thread, between two parts of its work.
	 * @param time how long
	 * @return whether the loop has been stopped
	 */
	public boolean waitForStop(Duration time) {
		try {
			return this.stop.await(time.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			return isStopped();
		}
	}

	/**
	 * Stops the loop. It finishes its current turn, and takes others only while
	 * {@link Turn#hasMore()} says so.
	 */
	public void stop() {
		this.stop.countDown();
	}

	/**
	 * Waits until the thread has ended.
	 * @param time how long at most
	 * @return whether it has
	 * @throws InterruptedException if the caller is interrupted
	 */
	public boolean awaitEnd(Duration time) throws InterruptedException {
		this.thread.join(Math.max(1, time.toMillis()));
		return !isAlive();
	}

	/**
	 * Whether it has been told to stop.
	 * @return {@code true} if so
	 */
	public boolean isStopped() {
		return this.stop.getCount() == 0;
	}

	/**
	 * Whether the caller is the loop's own thread.
	 * @return {@code true} if so
	 */
	public boolean isCurrentThread() {
		return Thread.currentThread() == this.thread;
	}

	String name() {
		return this.thread.getName();
	}

	boolean isVital() {
		return this.vital;
	}

	boolean isAlive() {
		return this.thread.isAlive();
	}

	/**
	 * Returns for how long every turn has failed.
	 * @return the time; zero if the last turn succeeded
	 */
	Duration failsFor() {
		return this.failures.lasts();
	}

}
