package io.pulsehook.inbox.query;

import org.jspecify.annotations.Nullable;

/**
 * What narrows a list of events further; a component that is {@code null} narrows
 * nothing. No replay may have one: a replica of a former version does not know it, would
 * leave it out, and would run more again than was asked for.
 *
 * @param handler the id of a handler that the event was delivered to; the status that is
 * asked for is then the one of this delivery
 * @param error words that an error of its deliveries has
 * @param paymentStatus the code of the payment's status, as sent
 * @param botName words that the name of its bot has
 */
public record Narrowing(@Nullable String handler, @Nullable String error, @Nullable String paymentStatus,
		@Nullable String botName) {

	/** Narrows nothing. */
	static final Narrowing NONE = new Narrowing(null, null, null, null);

	/**
	 * Tells whether it narrows nothing.
	 * @return {@code true} if so
	 */
	public boolean isEmpty() {
		return equals(NONE);
	}

}
