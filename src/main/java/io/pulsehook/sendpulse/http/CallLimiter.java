package io.pulsehook.sendpulse.http;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

import io.pulsehook.PutOffException;

/**
 * Lets the calls of an account wait, in the order in which they were wanted, so that
 * SendPulse's limit is kept. Each of several replicas takes an equal share of it. Calls
 * in the background wait until no handler does, and take half of the share at most, so
 * that a handler's call seldom finds it used up.
 */
public final class CallLimiter {

	private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

	private final IntSupplier replicas;

	private final LongSupplier nanoTime;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	private final Deque<Thread> waiting = new ArrayDeque<>();

	private final Deque<Thread> waitingInBackground = new ArrayDeque<>();

	private final CallWindow window = new CallWindow();

	private final CallWindow background = new CallWindow();

	/**
	 * Creates a limiter.
	 * @param replicas tells how many processes use the account
	 * @param nanoTime tells the time as {@link System#nanoTime()} does
	 */
	public CallLimiter(IntSupplier replicas, LongSupplier nanoTime) {
		this.replicas = replicas;
		this.nanoTime = nanoTime;
	}

	/**
	 * Waits until another call may begin.
	 * @throws PutOffException if that takes more than five seconds
	 * @throws CancellationException if the thread is interrupted
	 */
	void begin() {
		this.lock.lock();
		try {
			// So many wait already that this one would wait for too long.
			if (this.waiting.size() >= LONGEST_WAIT.toSeconds() * CallWindow.callsFor(replicas())) {
				throw busy();
			}
			this.waiting.addLast(Thread.currentThread());
			try {
				await();
			}
			finally {
				this.waiting.remove(Thread.currentThread());
				this.changed.signalAll();
			}
			this.window.begin();
		}
		catch (InterruptedException ex) {
			throw interrupted();
		}
		finally {
			this.lock.unlock();
		}
	}

	private void await() throws InterruptedException {
		long deadline = this.nanoTime.getAsLong() + LONGEST_WAIT.toNanos();
		while (true) {
			long now = this.nanoTime.getAsLong();
			boolean first = this.waiting.getFirst() == Thread.currentThread();
			long pause = this.window.pause(now, replicas());
			if (first && pause == 0) {
				return;
			}
			if (now - deadline >= 0) {
				throw busy();
			}
			long left = deadline - now;
			this.changed.awaitNanos(first ? Math.min(pause, left) : left);
		}
	}

	/**
	 * Waits until another call in the background may begin, however long that takes.
	 * @throws CancellationException if the thread is interrupted
	 */
	void beginInBackground() {
		this.lock.lock();
		try {
			this.waitingInBackground.addLast(Thread.currentThread());
			try {
				awaitInBackground();
			}
			finally {
				this.waitingInBackground.remove(Thread.currentThread());
				this.changed.signalAll();
			}
			this.window.begin();
			this.background.begin();
		}
		catch (InterruptedException ex) {
			throw interrupted();
		}
		finally {
			this.lock.unlock();
		}
	}

	private void awaitInBackground() throws InterruptedException {
		while (true) {
			if (!this.waiting.isEmpty() || this.waitingInBackground.getFirst() != Thread.currentThread()) {
				this.changed.await();
				continue;
			}
			long pause = pauseInBackground();
			if (pause == 0) {
				return;
			}
			this.changed.awaitNanos(pause);
		}
	}

	// Half of a share is the share that twice as many replicas would leave.
	private long pauseInBackground() {
		long now = this.nanoTime.getAsLong();
		return Math.max(this.window.pause(now, replicas()), this.background.pause(now, 2 * replicas()));
	}

	private static CancellationException interrupted() {
		Thread.currentThread().interrupt();
		return new CancellationException("The thread was interrupted while a call to SendPulse waited for others.");
	}

	private int replicas() {
		return Math.max(1, this.replicas.getAsInt());
	}

	private static PutOffException busy() {
		return new PutOffException(LONGEST_WAIT, "The calls to SendPulse that wait already take more than "
				+ LONGEST_WAIT.toSeconds() + " s, since an account can make 10 a second.");
	}

	/** Says that a call was answered, or came to nothing. */
	void end() {
		end(this.window);
	}

	/** Says that a call in the background was answered, or came to nothing. */
	void endInBackground() {
		end(this.window, this.background);
	}

	private void end(CallWindow... windows) {
		this.lock.lock();
		try {
			long now = this.nanoTime.getAsLong();
			for (CallWindow window : windows) {
				window.end(now);
			}
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

}
