package io.pulsehook.receive;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

import jakarta.servlet.ServletInputStream;

/**
 * Holds the part of a body that has arrived, up to a limit. It allocates memory for the
 * bytes that have arrived and not for the announced length, because a sender can announce
 * any length without sending it. Beyond a size that most events stay below, it grows only
 * as far as the budget of all bodies allows.
 */
final class BodyBuffer {

	/**
	 * The size up to which a body takes nothing from the budget, so that events of the
	 * usual size are received even while large bodies use all of it.
	 */
	static final int FREE = 32 * 1024;

	private static final int FIRST_SIZE = 8192;

	/**
	 * Dropped bytes are read into this array. All bodies share it, because none looks at
	 * what is in it.
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
	 * @param budget the memory that all large bodies share
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
	 * Reads what has arrived already, without waiting for more. It reads nothing of a
	 * body of unknown length, because even asking for its next chunk would wait for it.
	 * @param in the body
	 * @return whether the body is complete
	 * @throws IOException if it cannot be read
	 */
	boolean readArrived(ServletInputStream in) throws IOException {
		while (!isComplete() && !this.released && this.expected > 0 && in.available() > 0) {
			readFrom(in);
		}
		return isComplete();
	}

	/**
	 * Reads once. Bytes beyond the limit or the budget are read and dropped, because a
	 * client that is still sending would not see an answer.
	 * @param in the body
	 * @return whether more bytes can follow
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
	 * Gives back what the body has taken from the budget, and forgets its bytes. Bytes
	 * that arrive later are dropped.
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
