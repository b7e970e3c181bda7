package io.pulsehook.dispatch.lane;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import io.pulsehook.inbox.Deliveries;
import io.pulsehook.inbox.model.DueDelivery;
import io.pulsehook.inbox.model.HandlerState;
import io.pulsehook.inbox.model.RestChange;
import io.pulsehook.inbox.model.RestChange.End;
import io.pulsehook.inbox.model.StateChange;

/**
 * The state of one handler as this process knows it: what it was told last, and ahead of
 * that the changes of its own that are not on disk yet, so that no further delivery
 * begins meanwhile. Safe for use by many threads.
 */
final class Rests {

	private final String handler;

	private final Deliveries deliveries;

	private final RestLog log;

	private final Runnable changed;

	private final Runnable written;

	private final AtomicReference<@Nullable DueDelivery> probe = new AtomicReference<>();

	private volatile HandlerState state = HandlerState.RUNNING;

	private HandlerState told = HandlerState.RUNNING;

	/** How many changes of this process are not on disk yet. */
	private int unwritten;

	/**
	 * Creates the state of a handler that neither rests nor is paused.
	 * @param handler the handler's id
	 * @param deliveries where changes are written
	 * @param changed is called, on any thread, when the state has changed
	 * @param written is called, on any thread, when a change of this process is on disk:
	 * what was looked for between its decision and that may not have been found
	 */
	Rests(String handler, Deliveries deliveries, Runnable changed, Runnable written) {
		this.handler = handler;
		this.deliveries = deliveries;
		this.log = new RestLog(handler);
		this.changed = changed;
		this.written = written;
	}

	HandlerState state() {
		return this.state;
	}

	/**
	 * Changes the state that is stored as far as this process was told.
	 */
	void tell(UnaryOperator<HandlerState> change) {
		synchronized (this) {
			this.told = change.apply(this.told);
			settle();
		}
		this.changed.run();
	}

	// What is stored counts once it includes all that this process has decided.
	private void settle() {
		this.state = (this.unwritten == 0) ? this.told : this.state.withPaused(this.told.paused());
	}

	/**
	 * Changes the state for this process at once, unless the change ends the rest. The
	 * caller has to {@link #write} the change afterwards.
	 */
	void decide(RestChange change, Instant now) {
		synchronized (this) {
			this.unwritten++;
			if (!(change instanceof End)) {
				this.state = change.applyTo(this.state, now);
			}
		}
		this.changed.run();
	}

	/**
	 * Writes a change that was decided. The end of a rest counts from now on: if it did
	 * so earlier, what fails next could begin a rest before this end is written.
	 */
	void write(RestChange change) {
		CompletableFuture<StateChange> write;
		synchronized (this) {
			if (change instanceof End) {
				this.state = this.state.withRest(null);
			}
			write = this.deliveries.changeRest(this.handler, change);
		}
		this.changed.run();
		write.whenComplete((written, ex) -> written(written));
	}

	/**
	 * Goes by what is stored, since a change that was decided will not be written.
	 */
	void forgetUnwritten() {
		synchronized (this) {
			this.unwritten = 0;
			settle();
		}
		this.changed.run();
	}

	private void written(@Nullable StateChange written) {
		synchronized (this) {
			this.unwritten = Math.max(0, this.unwritten - 1);
			if (written != null) {
				this.told = this.told.withRest(written.after().rest());
			}
			settle();
		}
		if (written != null) {
			this.log.changed(written);
		}
		this.changed.run();
		this.written.run();
	}

	/**
	 * Tells whether a delivery may begin that has waited for its thread.
	 */
	boolean mayBegin(DueDelivery delivery, InstantSource clock) {
		HandlerState current = this.state;
		return current.mayRun() || (isProbe(delivery) && current.mayProbe(clock.instant()));
	}

	/**
	 * Records the delivery that is tried during the rest.
	 */
	void beginProbe(@Nullable DueDelivery delivery) {
		this.probe.set(delivery);
	}

	@Nullable DueDelivery probe() {
		return this.probe.get();
	}

	/**
	 * Records that a delivery has ended.
	 * @return whether it was the one that was tried during the rest
	 */
	boolean endProbe(DueDelivery delivery) {
		DueDelivery current = this.probe.get();
		return current != null && current.isSameAttemptAs(delivery) && this.probe.compareAndSet(current, null);
	}

	private boolean isProbe(DueDelivery delivery) {
		DueDelivery current = this.probe.get();
		return current != null && current.isSameAttemptAs(delivery);
	}

}
