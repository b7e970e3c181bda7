package io.pulsehook.dispatch.lane;

import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

/**
 * The interruption of a handler that did not return within its timeout. It counts as the
 * attempt's failure, whatever the handler does from then on.
 */
final class Interruption {

	private final TimeoutException failure = new TimeoutException("The handler did not return within its timeout.");

	private final long nanoTime;

	private boolean toldHung;

	private Interruption(StackTraceElement[] stackTrace, long nanoTime) {
		this.failure.setStackTrace(stackTrace);
		this.nanoTime = nanoTime;
	}

	/**
	 * Interrupts a thread.
	 * @param thread the handler's thread, of which is kept what it was doing: that tells
	 * more than who interrupted it
	 * @param nanoTime when that is
	 */
	static Interruption of(Thread thread, long nanoTime) {
		Interruption interruption = new Interruption(thread.getStackTrace(), nanoTime);
		thread.interrupt();
		return interruption;
	}

	/**
	 * What is kept as the attempt's failure.
	 * @param thrown what the handler threw in the end
	 */
	Throwable failure(@Nullable Throwable thrown) {
		if (thrown != null) {
			this.failure.addSuppressed(thrown);
		}
		return this.failure;
	}

	/**
	 * Asks, for a handler that still goes on, whether it should have reacted by now.
	 * @param limit the latest time at which it can have been interrupted for that
	 * @return where it was interrupted, once only, or {@code null}
	 */
	@Nullable Throwable hungSince(long limit) {
		if (this.toldHung || this.nanoTime - limit > 0) {
			return null;
		}
		this.toldHung = true;
		return this.failure;
	}

}
