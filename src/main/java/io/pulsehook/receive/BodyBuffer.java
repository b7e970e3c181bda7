package io.pulsehook.receive;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

import jakarta.servlet.ServletInputStream;

/**
 * A body as far as it has been read, and never more of it than a limit. It takes up
 * memory for what has arrived, whatever is announced: the announcement costs a sender
 * nothing. Beyond a size that most events stay below, it grows within the budget of all
 * bodies.
 */
final class BodyBuffer {

	/**
	 * What a body may have outside the budget, so that the usual events are received
	 * while large ones fill it.
	 */
	static final int FREE = 32 * 1024;

	private static final int FIRST_SIZE = 8192;

	/**
	 * Bytes that nobody wants are read into this array. All bodies share it, and none
	 * reads from it.
	 */
	private static final byte[] WASTE = new byte[FIRST_SIZE];

	private final long expected;

	private final int limit;

	private final BodyBudget budget;

	private byte[] bytes;

	private int size;

	private long taken;

	private boolean tooLarge;

	private boolean unaffordable;

	private boolean released;

	/**
	 * Creates an empty buffer.
	 * @param expected how many bytes are announced, or -1 if that is not known
	 * @param limit how many bytes are accepted
	 * @param budget what the body may take of memory that it shares with others
	 */
	BodyBuffer(long expected, int limit, BodyBudget budget) {
		this.expected = expected;
		this.limit = limit;
		this.budget = budget;
		this.tooLarge = expected > limit;
		this.bytes = new byte[(int) Math.min(FIRST_SIZE, most())];
	}

	// A body of unknown length is read one byte beyond the limit, which shows that it is
	// too large.
	private long most() {
		return (this.expected < 0 || this.tooLarge) ? this.limit + 1L : this.expected;
	}

	/**
	 * Reads what has arrived already, without waiting for more. Nothing of a body of
	 * unknown length: to look for its next chunk is to wait for it.
	 * @param in the body
	 * @return whether that was all of it
	 * @throws IOException if it cannot be read
	 */
	boolean readArrived(ServletInputStream in) throws IOException {
		while (!isComplete() && !this.released && this.expected > 0 && in.available() > 0) {
			readFrom(in);
		}
		return isComplete();
	}

	/**
	 * Reads once. What goes beyond the limit or the budget is dropped, since a client
	 * that is still sending would not see an answer.
	 * @param in the body
	 * @return whether there can be more
	 * @throws IOException if it cannot be read
	 */
	synchronized boolean readFrom(InputStream in) throws IOException {
		if (this.tooLarge || this.released) {
			return in.read(WASTE) >= 0;
		}
		if (this.size == this.bytes.length && !grow()) {
			return true;
		}
		int count = in.read(this.bytes, this.size, this.bytes.length - this.size);
		this.size += Math.max(count, 0);
		this.tooLarge = this.size > this.limit;
		return count >= 0;
	}

	private boolean grow() {
		int larger = (int) Math.min(2L * this.size, most());
		long needed = Math.max(0, larger - FREE) - this.taken;
		if (needed > 0 && !this.budget.take(needed)) {
			this.unaffordable = true;
			release();
			return false;
		}
		this.taken += Math.max(needed, 0);
		this.bytes = Arrays.copyOf(this.bytes, larger);
		return true;
	}

	/**
	 * Gives back what the body has taken of the budget, and forgets its bytes. What still
	 * arrives is dropped.
	 */
	synchronized void release() {
		this.budget.giveBack(this.taken);
		this.taken = 0;
		this.bytes = WASTE;
		this.released = true;
	}

	boolean isTooLarge() {
		return this.tooLarge;
	}

	/**
	 * Whether the body needed more than the budget had left.
	 * @return whether it cannot be received now
	 */
	boolean isUnaffordable() {
		return this.unaffordable;
	}

	boolean isComplete() {
		return !this.released && this.size == this.expected;
	}

	boolean isShort() {
		return this.size < this.expected;
	}

	synchronized byte[] toBytes() {
		return (this.size == this.bytes.length) ? this.bytes : Arrays.copyOf(this.bytes, this.size);
	}

}
