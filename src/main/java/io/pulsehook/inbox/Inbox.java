package io.pulsehook.inbox;

import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

import io.pulsehook.inbox.commit.InboxListeners;
import io.pulsehook.inbox.commit.Writer;
import io.pulsehook.inbox.model.Arrivals;
import io.pulsehook.inbox.model.InboxListener;
import io.pulsehook.inbox.model.InboxUnavailableException;
import io.pulsehook.inbox.model.NewEvent;
import io.pulsehook.inbox.model.Outage;
import io.pulsehook.inbox.model.Receipt;
import io.pulsehook.inbox.model.Subscription;
import io.pulsehook.inbox.upkeep.Sweep;
import io.pulsehook.inbox.write.Intake;
import io.pulsehook.inbox.write.Runner;

/**
 * Stores events, and returns only when they are on disk.
 */
public final class Inbox {

	private final IntakeBuffer intake;

	private final Writer writer;

	private final Runner runner;

	private final Sweep sweep;

	private final InboxListeners listeners;

	private final ArrivalRelay arrivals;

	Inbox(IntakeBuffer intake, Writer writer, Runner runner, Sweep sweep, InboxListeners listeners,
			ArrivalRelay arrivals) {
		this.intake = intake;
		this.writer = writer;
		this.runner = runner;
		this.sweep = sweep;
		this.listeners = listeners;
		this.arrivals = arrivals;
	}

	/**
	 * Stores the elements of one request, all or none, and returns when they are on disk.
	 * @param incoming the elements, in their order
	 * @return what became of them
	 * @throws InboxUnavailableException if they were not stored in time
	 */
	public Receipt store(List<NewEvent> incoming) {
		return store(incoming, null);
	}

	/**
	 * Stores the elements of one request like {@link #store(List)}, as part of a trace.
	 * @param incoming the elements, in their order
	 * @param trace the trace context (W3C {@code traceparent}) that their deliveries go
	 * on with, or {@code null} if they are not traced
	 * @return what became of them
	 * @throws InboxUnavailableException if they were not stored in time
	 */
	public Receipt store(List<NewEvent> incoming, @Nullable String trace) {
		return store(incoming, trace, () -> {
		});
	}

	/**
	 * Stores the elements of one request like {@link #store(List, String)}.
	 * @param incoming the elements, in their order
	 * @param trace the trace context that their deliveries go on with, or {@code null}
	 * @param placed is run when they have their place, so that what is given to the inbox
	 * from then on is stored after them
	 * @return what became of them
	 * @throws InboxUnavailableException if they were not stored in time
	 */
	public Receipt store(List<NewEvent> incoming, @Nullable String trace, Runnable placed) {
		Intake stored = this.intake.store(incoming, trace, placed);
		stored.tell(this.listeners);
		return stored.receipt();
	}

	/**
	 * Tells whether a handler's filter asks what has to be looked up in a message. Who
	 * receives looks it up then, so that the writer's thread does not have to.
	 * @return whether one of the filters that are known does
	 */
	public boolean filtersByMessage() {
		return this.intake.filtersByMessage();
	}

	/**
	 * Registers the handlers of this process. Events that are stored from now on get a
	 * delivery for each handler that takes their type.
	 * @param handlers all handlers of this process
	 * @param arrived is told on the writer's thread what each commit has changed
	 * @return {@code false} if the database is away and may be. The handlers are
	 * registered then when it is back, before any event is stored.
	 */
	public boolean subscribe(List<Subscription> handlers, Consumer<Arrivals> arrived) {
		this.arrivals.passOnTo(arrived);
		return this.runner.join(handlers, arrived) && wakeBlocked();
	}

	// The housekeeper wakes them soon if this fails.
	private boolean wakeBlocked() {
		try {
			this.sweep.wakeBlocked();
			return true;
		}
		catch (DataAccessException ex) {
			if (this.writer.mayBeAway()) {
				return false;
			}
			throw ex;
		}
	}

	/**
	 * Declares that no handler of this process runs any more, so that other processes may
	 * take over the deliveries that it claimed and did not run.
	 */
	public void unsubscribe() {
		this.runner.leave();
	}

	/**
	 * Tells since when and why nothing can be written.
	 * @return the outage, or {@code null} if the inbox can be written
	 */
	public @Nullable Outage outage() {
		return this.writer.outage();
	}

	/**
	 * Adds a listener that is told from now on of what the inbox does.
	 * @param listener the listener, whose exceptions harm nobody else
	 */
	public void listen(InboxListener listener) {
		this.listeners.add(listener);
	}

}
