package io.pulsehook.dispatch.lane;

import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

/**
 * The interruption of a handler that did not return within its timeout. The attempt has
 * failed by it, whatever the handler does from then on.
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
	 * @param thread the handler's thread, whose stack trace is kept: it shows what the
	 * handler was doing
	 * @param nanoTime the present time
	 */
	static Interruption of(Thread thread, long nanoTime) {
		Interruption interruption = new Interruption(thread.getStackTrace(), nanoTime);
		thread.interrupt();
		return interruption;
	}

	/**
	 * Returns the failure of the attempt.
	 * @param thrown what the handler threw in the end
	 */
	Throwable failure(@Nullable Throwable thrown) {
		if (thrown != null) {
			this.failure.addSuppressed(thrown);
		}
		return this.failure;
	}

	/**
	 * Asks whether a handler that still runs was interrupted so long ago that it should
	 * have reacted by now.
	 * @param limit the handler hangs if it was interrupted at this time or before
	 * @return where it was interrupted, at the first such call only; {@code null}
	 * otherwise
	 */
	@Nullable Throwable hungSince(long limit) {
		if (this.toldHung || this.nanoTime - limit > 0) {
			return null;
		}
		this.toldHung = true;
		return this.failure;
	}

}
