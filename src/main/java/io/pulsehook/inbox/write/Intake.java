package io.pulsehook.inbox.write;

import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.pulsehook.inbox.model.InboxListener;
import io.pulsehook.inbox.model.IntakeResult;
import io.pulsehook.inbox.model.NewEvent;
import io.pulsehook.inbox.model.Receipt;

/**
 * The elements of one request on their way into the database, which stores them together
 * with those of other requests.
 */
public final class Intake implements Write<Intake> {

	private final List<NewEvent> received;

	private List<NewEvent> events;

	private final Duration dedupWindow;

	private final @Nullable String trace;

	private final Set<NewEvent> repeated = Collections.newSetFromMap(new IdentityHashMap<>());

	private int unrecognized;

	public Intake(List<NewEvent> events, Duration dedupWindow, @Nullable String trace) {
		this.received = events;
		this.events = events;
		this.dedupWindow = dedupWindow;
		this.trace = trace;
	}

	@Override
	public Intake apply(Session session) {
		this.repeated.clear();
		this.unrecognized = 0;
		this.events = session.subscriptions().asAllKnow(this.received);
		session.add(this);
		return this;
	}

	@Override
	public boolean batched() {
		return true;
	}

	public List<NewEvent> events() {
		return this.events;
	}

	// How long two equal elements that nothing else tells apart count as one.
	public Duration dedupWindow() {
		return this.dedupWindow;
	}

	// The trace context that their deliveries go on with.
	public @Nullable String trace() {
		return this.trace;
	}

	// Says that one of the elements was stored.
	public void accepted(Session session, NewEvent event) {
		count(session, event, IntakeResult.ACCEPTED);
		if (event.reason() != null) {
			this.unrecognized++;
		}
		if (session.subscriptions().to(event.type(), event.title()).isEmpty()) {
			session.arrivals().unhandled(event.type());
		}
	}

	// Says that one of the elements had been stored before.
	public void repeated(Session session, NewEvent event) {
		count(session, event, IntakeResult.DUPLICATE);
		this.repeated.add(event);
	}

	// What the charts show is what came from outside.
	private static void count(Session session, NewEvent event, IntakeResult result) {
		if (!event.isAlert()) {
			session.counts().add(event, result, session.now().toEpochMilli());
		}
	}

	// Tells of each element, once they are on disk.
	public void tell(InboxListener listener) {
		this.events.forEach((event) -> listener.stored(event, this.repeated.contains(event)));
	}

	// What became of them, once they are on disk.
	public Receipt receipt() {
		int duplicates = this.repeated.size();
		return new Receipt(this.events.size() - duplicates, duplicates, this.unrecognized);
	}

}
