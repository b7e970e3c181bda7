package io.pulsehook.inbox;

import java.time.Duration;
import java.util.List;

/**
 * The elements of one request on their way into the database, which stores them together
 * with those of other requests.
 */
final class Intake implements Write<Intake> {

	private final List<NewEvent> events;

	private final Duration dedupWindow;

	private int duplicates;

	private int unrecognized;

	Intake(List<NewEvent> events, Duration dedupWindow) {
		this.events = events;
		this.dedupWindow = dedupWindow;
	}

	@Override
	public Intake apply(Session session) {
		this.duplicates = 0;
		this.unrecognized = 0;
		session.add(this);
		return this;
	}

	@Override
	public boolean isCollected() {
		return true;
	}

	List<NewEvent> events() {
		return this.events;
	}

	// How long two equal elements that nothing else tells apart count as one.
	Duration dedupWindow() {
		return this.dedupWindow;
	}

	// Says that one of the elements was stored.
	void accepted(Session session, NewEvent event) {
		session.counts().add(event, "accepted", session.now().toEpochMilli());
		if (event.reason() != null) {
			this.unrecognized++;
		}
		if (session.subscriptions().to(event.type()).isEmpty()) {
			session.arrivals().unhandled(event.type());
		}
	}

	// Says that one of the elements had been stored before.
	void repeated(Session session, NewEvent event) {
		session.counts().add(event, "duplicate", session.now().toEpochMilli());
		this.duplicates++;
	}

	// What became of them, once they are on disk.
	Receipt receipt() {
		return new Receipt(this.events.size() - this.duplicates, this.duplicates, this.unrecognized);
	}

}
