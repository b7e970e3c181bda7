package io.pulsehook.inbox.write;

import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.pulsehook.inbox.model.InboxListener;
import io.pulsehook.inbox.model.NewEvent;
import io.pulsehook.inbox.model.Receipt;

/**
 * The elements of one request in one transaction, which stores them together with those
 * of other requests, and what became of each.
 */
public final class Intake {

	private final List<NewEvent> events;

	private final Duration dedupWindow;

	private final @Nullable String trace;

	private final Set<NewEvent> repeated = Collections.newSetFromMap(new IdentityHashMap<>());

	private int unrecognized;

	Intake(List<NewEvent> events, Duration dedupWindow, @Nullable String trace) {
		this.events = events;
		this.dedupWindow = dedupWindow;
		this.trace = trace;
	}

	public List<NewEvent> events() {
		return this.events;
	}

	/** How long two equal elements that nothing else tells apart count as one. */
	public Duration dedupWindow() {
		return this.dedupWindow;
	}

	/** The trace context that the deliveries go on with. */
	public @Nullable String trace() {
		return this.trace;
	}

	public void accepted(NewEvent event) {
		if (event.reason() != null) {
			this.unrecognized++;
		}
	}

	public void repeated(NewEvent event) {
		this.repeated.add(event);
	}

	/** Tells a listener what became of each element. To be called after the commit. */
	public void tell(InboxListener listener) {
		this.events.forEach((event) -> listener.stored(event, this.repeated.contains(event)));
	}

	/** Counts what became of the elements. To be called after the commit. */
	public Receipt receipt() {
		int duplicates = this.repeated.size();
		return new Receipt(this.events.size() - duplicates, duplicates, this.unrecognized);
	}

}
