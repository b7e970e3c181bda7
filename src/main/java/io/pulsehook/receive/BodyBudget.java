package io.pulsehook.receive;

import java.util.concurrent.atomic.AtomicLong;

import org.springframework.util.unit.DataSize;

/**
 * The memory that all large bodies share while they arrive. A body takes a part of it as
 * it grows, and gives that part back when its request is answered.
 */
final class BodyBudget {

	private final AtomicLong left;

	BodyBudget(DataSize size) {
		this.left = new AtomicLong(size.toBytes());
	}

	/**
	 * Takes a part of the budget.
	 * @param bytes how much
	 * @return whether enough was left; if not, nothing is taken
	 */
	boolean take(long bytes) {
		if (this.left.addAndGet(-bytes) >= 0) {
			return true;
		}
		giveBack(bytes);
		return false;
	}

	void giveBack(long bytes) {
		this.left.addAndGet(bytes);
	}

	long left() {
		return this.left.get();
	}

}
