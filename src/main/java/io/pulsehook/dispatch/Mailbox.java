package io.pulsehook.dispatch;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.pulsehook.failure.StackFrames;

/**
 * The messages of other threads to the dispatcher's thread, in the order in which they
 * were sent.
 */
final class Mailbox implements Executor {

	private static final Log logger = LogFactory.getLog(Mailbox.class);

	private final BlockingQueue<Runnable> messages = new LinkedBlockingQueue<>();

	private final Deque<Runnable> received = new ArrayDeque<>();

	/**
	 * Leaves a message. Any thread may call this.
	 */
	@Override
	public void execute(Runnable message) {
		this.messages.add(message);
	}

	/**
	 * Wakes the dispatcher's thread. Any thread may call this.
	 */
	void ring() {
		execute(() -> {
		});
	}

	/**
	 * Runs all messages. One that fails is logged, and the others still run.
	 * @param patience how long to wait for the first message
	 */
	void hear(Duration patience) throws InterruptedException {
		receive(patience);
		// Each message is removed before it runs: it must not run twice, even if there is
		// no memory left to log its failure.
		for (Runnable message = this.received.poll(); message != null; message = this.received.poll()) {
			hear(message);
		}
	}

	private void receive(Duration patience) throws InterruptedException {
		Runnable first = this.messages.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
		if (first != null) {
			this.received.add(first);
			this.messages.drainTo(this.received);
		}
	}

	private static void hear(Runnable message) {
		try {
			message.run();
		}
		catch (RuntimeException | Error ex) {
			logger.error("The dispatcher failed on a message and goes on. " + StackFrames.of(ex));
		}
	}

}
