package io.pulsehook.inbox.replay;

import java.time.Instant;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.pulsehook.inbox.model.EventStatus;
import io.pulsehook.inbox.model.Subscription;
import io.pulsehook.inbox.query.ErrorPattern;
import io.pulsehook.inbox.query.EventFilter;
import io.pulsehook.inbox.query.Narrowing;

/**
 * What is to be handled again. Deliveries that are unfinished are always left alone. If
 * the filter asks for dead events, only deliveries that are dead run again; otherwise
 * also those that do not exist yet, of a handler that is newer than the event.
 *
 * @param filter which events
 * @param handlers by which handlers; empty for all that take the type
 * @param includeDone whether also by those that have done it already
 * @param error of dead deliveries only those whose last error has this pattern, see
 * {@link ErrorPattern}; {@code null} for all
 * @param diedSince of dead deliveries only those that died at this time or later;
 * {@code null} for all. The filter must ask for dead events, and done ones cannot be
 * included.
 */
public record ReplayRequest(EventFilter filter, Set<String> handlers, boolean includeDone, @Nullable String error,
		@Nullable Instant diedSince) {

	/**
	 * Checks that only dead deliveries are asked for by the time at which they died, and
	 * that nothing narrows the filter.
	 * @throws IllegalArgumentException if others are asked for as well, or if the filter
	 * has a {@link Narrowing}
	 */
	public ReplayRequest {
		if (filter.narrowing() != null) {
			throw new IllegalArgumentException("Only lists are narrowed by handler, error, payment or name of the bot");
		}
		if (diedSince != null && (includeDone || filter.status() != EventStatus.DEAD)) {
			throw new IllegalArgumentException("Only dead letters have a time at which they died");
		}
	}

	/**
	 * Asks for deliveries whatever their errors.
	 * @param filter which events
	 * @param handlers by which handlers; empty for all that take the type
	 * @param includeDone whether also by those that have done it already
	 */
	public ReplayRequest(EventFilter filter, Set<String> handlers, boolean includeDone) {
		this(filter, handlers, includeDone, null);
	}

	/**
	 * Asks for deliveries whenever they died.
	 * @param filter which events
	 * @param handlers by which handlers; empty for all that take the type
	 * @param includeDone whether also by those that have done it already
	 * @param error the pattern of the error, or {@code null} for all
	 */
	public ReplayRequest(EventFilter filter, Set<String> handlers, boolean includeDone, @Nullable String error) {
		this(filter, handlers, includeDone, error, null);
	}

	/**
	 * Removes what can name a person, but keeps whether there was anything.
	 * @return the request that is kept as history
	 */
	ReplayRequest blanked() {
		return new ReplayRequest(this.filter.blanked(), this.handlers, this.includeDone,
				(this.error != null) ? "" : null, this.diedSince);
	}

	boolean isForDeadOnly() {
		return this.filter.status() == EventStatus.DEAD;
	}

	/**
	 * Whether it depends on how a delivery died whether it runs again.
	 */
	boolean picksDead() {
		return this.error != null || this.diedSince != null;
	}

	/**
	 * Tells whether a dead delivery is to run again.
	 * @param lastError its error, or {@code null}
	 * @param died when it died, in milliseconds since 1970
	 */
	boolean takesDead(@Nullable String lastError, long died) {
		return takesError(lastError) && (this.diedSince == null || died >= this.diedSince.toEpochMilli());
	}

	private boolean takesError(@Nullable String lastError) {
		return this.error == null || (lastError != null && this.error.equals(ErrorPattern.of(lastError)));
	}

	boolean takes(Subscription subscription) {
		return this.handlers.isEmpty() || this.handlers.contains(subscription.handler());
	}

}
