package io.pulsehook.receive;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

import jakarta.servlet.ServletInputStream;

/**
 * A body as far as it has been read, and never more of it than a limit.
 */
final class BodyBuffer {

	private static final int FIRST_SIZE = 8192;

	private final long expected;

	private final int limit;

	private byte[] bytes;

	private int size;

	private boolean tooLarge;

	/**
	 * Creates an empty buffer.
	 * @param expected how many bytes are announced, or -1 if that is not known
	 * @param limit how many bytes are accepted
	 */
	BodyBuffer(long expected, int limit) {
		this.expected = expected;
		this.limit = limit;
		this.tooLarge = expected > limit;
		this.bytes = new byte[(expected < 0 || this.tooLarge) ? FIRST_SIZE : (int) expected];
	}

	/**
	 * Reads what has arrived already, without waiting for more. Nothing of a body of
	 * unknown length: to look for its next chunk is to wait for it.
	 * @param in the body
	 * @return whether that was all of it
	 * @throws IOException if it cannot be read
	 */
	boolean readArrived(ServletInputStream in) throws IOException {
		while (!isComplete() && this.expected > 0 && in.available() > 0) {
			readFrom(in);
		}
		return isComplete();
	}

	/**
	 * Reads once. What goes beyond the limit is dropped, since a client that is still
	 * sending would not see an answer.
	 * @param in the body
	 * @return whether there can be more
	 * @throws IOException if it cannot be read
	 */
	boolean readFrom(InputStream in) throws IOException {
		if (this.tooLarge) {
			return in.read(this.bytes) >= 0;
		}
		if (this.size == this.bytes.length) {
			this.bytes = Arrays.copyOf(this.bytes, (int) Math.min(2L * this.size, this.limit + 1L));
		}
		int count = in.read(this.bytes, this.size, this.bytes.length - this.size);
		this.size += Math.max(count, 0);
		this.tooLarge = this.size > this.limit;
		return count >= 0;
	}

	boolean isTooLarge() {
		return this.tooLarge;
	}

	boolean isComplete() {
		return this.size == this.expected;
	}

	boolean isShort() {
		return this.size < this.expected;
	}

	byte[] toBytes() {
		return (this.size == this.bytes.length) ? this.bytes : Arrays.copyOf(this.bytes, this.size);
	}

}
