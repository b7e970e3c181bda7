package io.pulsehook.inbox;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Closes what was opened one after the other, the last first. What cannot be closed keeps
 * nothing else open.
 */
final class Closer implements AutoCloseable {

	private final Deque<AutoCloseable> opened = new ArrayDeque<>();

	<T extends AutoCloseable> T add(T part) {
		this.opened.push(part);
		return part;
	}

	/**
	 * Closes everything after a failure, which stays the one that is reported.
	 * @param failure what went wrong
	 */
	void closeAfter(Throwable failure) {
		try {
			close();
		}
		catch (Exception ex) {
			failure.addSuppressed(ex);
		}
	}

	/**
	 * Closes everything. The first failure is thrown when all the rest is closed, and
	 * later ones are suppressed in it.
	 */
	@Override
	public void close() throws Exception {
		if (this.opened.isEmpty()) {
			return;
		}
		AutoCloseable last = this.opened.pop();
		// The end of this block closes all the others, whatever is thrown in it.
		try (Closer earlier = this) {
			last.close();
		}
	}

}
