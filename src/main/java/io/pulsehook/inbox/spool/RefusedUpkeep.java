package io.pulsehook.inbox.spool;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

import io.pulsehook.inbox.model.NewEvent;

/**
 * Deletes bodies that the inbox refused: those that have been kept for long enough, and
 * those that hold an event of an erased contact.
 */
final class RefusedUpkeep {

	private static final int MOST = 10_000;

	private final RefusedBodies refused;

	private final BodyReader reader;

	private final SpoolErasure erasure;

	private final Duration retention;

	private final InstantSource clock;

	RefusedUpkeep(RefusedBodies refused, BodyReader reader, SpoolErasure erasure, Duration retention,
			InstantSource clock) {
		this.refused = refused;
		this.reader = reader;
		this.erasure = erasure;
		this.retention = retention;
		this.clock = clock;
	}

	void run() {
		Instant end = this.clock.instant().minus(this.retention);
		for (RefusedBody body : this.refused.newest(MOST)) {
			if (!body.arrivedAt().isAfter(end) || holdsErased(body)) {
				this.refused.delete(body.id());
			}
		}
	}

	private boolean holdsErased(RefusedBody refused) {
		byte[] body = this.refused.body(refused.id());
		List<NewEvent> events = (body != null) ? events(refused, body) : List.of();
		return !events.isEmpty() && this.erasure.concernsAny(events);
	}

	// What cannot be read names nobody who could be found.
	private List<NewEvent> events(RefusedBody refused, byte[] body) {
		try {
			return this.reader.read(refused.source(), body)
				.stream()
				.map((event) -> event.arrivedAt(refused.arrivedAt()))
				.toList();
		}
		catch (RuntimeException ex) {
			return List.of();
		}
	}

}
