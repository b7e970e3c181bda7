package io.pulsehook.inbox.reconciliation;

import org.jspecify.annotations.Nullable;

/**
 * A bot that has sent messages here.
 *
 * @param id its id
 * @param source the source of its newest message
 * @param service the code of the channel of its newest message, or {@code null}
 * @param firstAt when its first message was written, in milliseconds since 1970
 * @param newest the id of the event of its newest message
 */
public record KnownBot(String id, String source, @Nullable String service, long firstAt, long newest) {

	KnownBot with(KnownBot other) {
		KnownBot newer = (other.newest > this.newest) ? other : this;
		return new KnownBot(this.id, newer.source, newer.service, Math.min(this.firstAt, other.firstAt), newer.newest);
	}

}
