package io.pulsehook.inbox.spool;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * The webhooks that are being received, in the order in which they came. While all go
 * into the inbox, nobody waits here. One goes into the spool only when all that came
 * before it are stored or have gone there: when an outage begins, the inbox refuses all
 * that wait for it at the same time, and they would get there in any order. Those who
 * wait for that go into the inbox in their order, if the spool is drained meanwhile.
 */
final class Line {

	private final ReentrantLock lock = new ReentrantLock();

	private final BooleanSupplier taking;

	/**
	 * All that are neither stored in the inbox nor handed to the spool, nor have given
	 * up.
	 */
	private final Set<Place> places = new LinkedHashSet<>();

	/** Those of them that wait for their turn, since the spool was taking. */
	private final Set<Place> waiting = new LinkedHashSet<>();

	/**
	 * Creates an empty line.
	 * @param taking tells whether webhooks go into the spool
	 */
	Line(BooleanSupplier taking) {
		this.taking = taking;
	}

	/** Takes the last place. Whoever takes it has to close it. */
	Place join() {
		this.lock.lock();
		try {
			Place last = new Place();
			if (this.taking.getAsBoolean() || !this.waiting.isEmpty()) {
				this.waiting.add(last);
			}
			this.places.add(last);
			return last;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Lets those go on who wait for the spool, since it is not taking any more. */
	void goOn() {
		this.lock.lock();
		try {
			wakeFirst(this.waiting);
		}
		finally {
			this.lock.unlock();
		}
	}

	private static boolean isFirst(Place place, Set<Place> among) {
		Iterator<Place> all = among.iterator();
		return all.hasNext() && all.next() == place;
	}

	private static void wakeFirst(Set<Place> among) {
		Iterator<Place> all = among.iterator();
		if (all.hasNext()) {
			all.next().moved.signal();
		}
	}

	/**
	 * A webhook's place. Each wait ends, since nobody waits for longer in the inbox than
	 * until its commit is late.
	 */
	final class Place implements AutoCloseable {

		private final Condition moved = Line.this.lock.newCondition();

		private Place() {
		}

		/**
		 * Waits for its turn: into the spool it goes when nobody is left who came before,
		 * and into the inbox behind those who waited for the spool as well.
		 * @return whether it goes into the spool
		 */
		boolean goesIntoSpool() {
			Line.this.lock.lock();
			try {
				boolean taking = Line.this.taking.getAsBoolean();
				while (!hasTurn(taking)) {
					this.moved.awaitUninterruptibly();
					taking = Line.this.taking.getAsBoolean();
				}
				return taking;
			}
			finally {
				Line.this.lock.unlock();
			}
		}

		private boolean hasTurn(boolean taking) {
			return taking ? isFirst(this, Line.this.places)
					: !Line.this.waiting.contains(this) || isFirst(this, Line.this.waiting);
		}

		/** Waits until nobody is left who came before. */
		void awaitFirst() {
			Line.this.lock.lock();
			try {
				while (!isFirst(this, Line.this.places)) {
					this.moved.awaitUninterruptibly();
				}
			}
			finally {
				Line.this.lock.unlock();
			}
		}

		/** Lets the next one follow into the inbox, which stores this one first. */
		void enteredInbox() {
			Line.this.lock.lock();
			try {
				if (Line.this.waiting.remove(this)) {
					wakeFirst(Line.this.waiting);
				}
			}
			finally {
				Line.this.lock.unlock();
			}
		}

		/** Leaves the line, unless that was done before. */
		@Override
		public void close() {
			Line.this.lock.lock();
			try {
				enteredInbox();
				if (Line.this.places.remove(this)) {
					wakeFirst(Line.this.places);
				}
			}
			finally {
				Line.this.lock.unlock();
			}
		}

	}

}
