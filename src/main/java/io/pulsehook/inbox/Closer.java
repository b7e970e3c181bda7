package io.pulsehook.inbox;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Closes resources in the opposite order to that in which they were opened. If one cannot
 * be closed, the others still are.
 */
final class Closer implements AutoCloseable {

	private final Deque<AutoCloseable> opened = new ArrayDeque<>();

	<T extends AutoCloseable> T add(T part) {
		this.opened.push(part);
		return part;
	}

	/**
	 * Closes everything after a failure. Failures to close are suppressed in that
	 * failure.
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
	 * Closes everything. If that fails, the first failure is thrown after all the rest is
	 * closed, and later ones are suppressed in it.
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
