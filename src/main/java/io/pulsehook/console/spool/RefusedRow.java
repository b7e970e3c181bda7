package io.pulsehook.console.spool;

import java.time.Instant;

import io.pulsehook.console.format.Sizes;
import io.pulsehook.console.format.Times;
import io.pulsehook.inbox.spool.RefusedBody;

/**
 * A webhook in the spool that could not be stored, as the pages show it.
 *
 * @param id its number in the spool
 * @param source the source that it was sent to
 * @param at when it arrived
 * @param size how large it is
 * @param reason why it could not be stored
 */
record RefusedRow(long id, String source, Times.Time at, String size, String reason) {

	static RefusedRow of(RefusedBody body, Instant now) {
		return new RefusedRow(body.id(), body.source(), Times.Time.of(body.arrivedAt(), now), Sizes.text(body.size()),
				body.reason());
	}

}
