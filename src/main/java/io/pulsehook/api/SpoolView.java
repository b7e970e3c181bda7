package io.pulsehook.api;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.pulsehook.inbox.spool.RefusedBody;
import io.pulsehook.inbox.spool.SpoolStatus;

/**
 * The spool as the API shows it.
 *
 * @param taking whether all webhooks go there
 * @param since since when they do; {@code null} if they do not
 * @param waiting how many wait to be stored
 * @param bytes how large all in it are, those that could not be stored included
 * @param maxBytes how large they may become
 * @param oldest when the one arrived that has waited longest; {@code null} if none waits
 * @param refused how many could not be stored
 * @param total how many were kept since the start of the process
 * @param problem why it can keep no more; {@code null} if it can
 * @param items those that could not be stored, the newest 100
 */
record SpoolView(boolean taking, @Nullable Instant since, long waiting, long bytes, long maxBytes,
		@Nullable Instant oldest, long refused, long total, @Nullable String problem, List<Refused> items) {

	static SpoolView of(SpoolStatus status, @Nullable Instant oldest, List<RefusedBody> refused) {
		return new SpoolView(status.taking(), status.since(), status.waiting(), status.bytes(), status.maxBytes(),
				oldest, status.refused(), status.total(), status.problem(), refused.stream().map(Refused::of).toList());
	}

	/**
	 * A webhook that could not be stored.
	 *
	 * @param id its number in the spool
	 * @param source the source that it was sent to
	 * @param arrivedAt when it arrived
	 * @param size how many bytes it has
	 * @param reason why it could not be stored
	 */
	record Refused(String id, String source, Instant arrivedAt, long size, String reason) {

		private static Refused of(RefusedBody body) {
			return new Refused(Long.toString(body.id()), body.source(), body.arrivedAt(), body.size(), body.reason());
		}

	}

}
