package io.pulsehook.dispatch.rest;

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
import io.pulsehook.inbox.model.RestChange.Pause;
import io.pulsehook.inbox.model.StateChange;

/**
 * The state of one handler as this process knows it: what it was told last, and ahead of
 * that the changes of its own that are not on disk yet, so that no further delivery
 * begins meanwhile. Safe for use by many threads.
 */
public final class Rests {

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

	/** Whether one of these pauses the handler. */
	private boolean pausing;

	/**
	 * Creates the state of a handler that neither rests nor is paused.
	 * @param handler the handler's id
	 * @param deliveries where changes are written
	 * @param changed is called, on any thread, when the state has changed
	 * @param written is called, on any thread, when a change of this process is on disk:
	 * what was looked for between its decision and that may not have been found
	 */
	public Rests(String handler, Deliveries deliveries, Runnable changed, Runnable written) {
		this.handler = handler;
		this.deliveries = deliveries;
		this.log = new RestLog(handler);
		this.changed = changed;
		this.written = written;
	}

	/**
	 * Returns the state that counts for this process.
	 * @return whether the handler is paused or rests
	 */
	public HandlerState state() {
		return this.state;
	}

	/**
	 * Changes the state that is stored as far as this process was told.
	 * @param change gives the next state from the one so far
	 */
	public void tell(UnaryOperator<HandlerState> change) {
		synchronized (this) {
			this.told = change.apply(this.told);
			settle();
		}
		this.changed.run();
	}

	// What is stored counts once it includes all that this process has decided.
	private void settle() {
		this.state = (this.unwritten == 0) ? this.told : this.state.withPaused(this.pausing || this.told.paused());
	}

	/**
	 * Changes the state for this process at once, unless the change ends the rest. The
	 * caller has to {@link #write} the change afterwards.
	 */
	void decide(RestChange change, Instant now) {
		synchronized (this) {
			this.unwritten++;
			this.pausing |= change instanceof Pause;
			if (!(change instanceof End)) {
				this.state = change.applyTo(this.state, now);
			}
		}
		this.changed.run();
	}

	/**
	 * Writes a change that was decided. The end of a rest counts from now on: if it did
	 * so earlier, what fails next could begin a rest before this end is written.
	 * @param change the change
	 */
	public void write(RestChange change) {
		CompletableFuture<StateChange> write;
		synchronized (this) {
			if (change instanceof End) {
				this.state = this.state.withRest(null);
			}
			write = this.deliveries.changeRest(this.handler, change);
		}
		this.changed.run();
		write.whenComplete((written, ex) -> written(change, written));
	}

	/**
	 * Goes by what is stored, since a change that was decided will not be written.
	 */
	public void forgetUnwritten() {
		synchronized (this) {
			this.unwritten = 0;
			this.pausing = false;
			settle();
		}
		this.changed.run();
	}

	private void written(RestChange change, @Nullable StateChange written) {
		synchronized (this) {
			this.unwritten = Math.max(0, this.unwritten - 1);
			this.pausing &= this.unwritten > 0;
			if (written != null) {
				boolean paused = (change instanceof Pause) ? written.after().paused() : this.told.paused();
				this.told = new HandlerState(paused, written.after().rest());
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
	 * @param delivery the delivery
	 * @param clock tells whether the rest is over for one
	 * @return {@code true} unless the handler is paused or rests; during a rest only for
	 * the delivery that is tried
	 */
	public boolean mayBegin(DueDelivery delivery, InstantSource clock) {
		HandlerState current = this.state;
		return current.mayRun() || (isProbe(delivery) && current.mayProbe(clock.instant()));
	}

	/**
	 * Records the delivery that is tried during the rest.
	 * @param delivery the delivery, or {@code null} if none is
	 */
	public void beginProbe(@Nullable DueDelivery delivery) {
		this.probe.set(delivery);
	}

	/**
	 * Returns the delivery that was tried last during the rest.
	 * @return the delivery, or {@code null} if its attempt has ended
	 */
	public @Nullable DueDelivery probe() {
		return this.probe.get();
	}

	/**
	 * Records that a delivery has ended.
	 * @param delivery the delivery
	 * @return whether it was the one that was tried during the rest
	 */
	public boolean endProbe(DueDelivery delivery) {
		DueDelivery current = this.probe.get();
		return current != null && current.isSameAttemptAs(delivery) && this.probe.compareAndSet(current, null);
	}

	private boolean isProbe(DueDelivery delivery) {
		DueDelivery current = this.probe.get();
		return current != null && current.isSameAttemptAs(delivery);
	}

}
