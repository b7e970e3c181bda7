package io.pulsehook.inbox.replay;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Events being handed to handlers again.
 *
 * @param id its id
 * @param status how far it has come
 * @param events how many events it has found so far
 * @param deliveries how many deliveries it has made of them
 * @param unfinished how many of these have not ended
 * @param succeeded how many of these have been handled
 * @param failed how many of these became dead letters, again or for the first time
 * @param createdAt when it was asked for
 * @param finishedAt when it was through, cancelled or failed, or {@code null}
 * @param askedBy who asked for it, or {@code null} if nobody was logged in or that was
 * not recorded
 * @param onlyEvent the event, if it was asked for one alone, or {@code null}
 * @param request what it was asked for; when it has ended, without what can name a person
 */
public record Replay(long id, ReplayStatus status, long events, long deliveries, long unfinished, long succeeded,
		long failed, Instant createdAt, @Nullable Instant finishedAt, @Nullable String askedBy,
		@Nullable Long onlyEvent, ReplayRequest request) {

	/**
	 * Whether it was asked for one contact's events; whose, is forgotten when it has
	 * ended.
	 * @return {@code true} if so
	 */
	public boolean forContact() {
		return this.request.filter().contact() != null;
	}

	/**
	 * Whether it was asked for events with a text, which is forgotten likewise.
	 * @return {@code true} if so
	 */
	public boolean forText() {
		return this.request.filter().text() != null;
	}

	/**
	 * Counts the deliveries that ended otherwise than well or badly: their events were
	 * deleted meanwhile, or a replica of a former version ended them.
	 * @return how many there are
	 */
	public long unknown() {
		return Math.max(0, this.deliveries - this.unfinished - this.succeeded - this.failed);
	}

}
