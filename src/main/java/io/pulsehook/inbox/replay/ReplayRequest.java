package io.pulsehook.inbox.replay;

import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.pulsehook.inbox.model.EventStatus;
import io.pulsehook.inbox.model.Subscription;
import io.pulsehook.inbox.query.ErrorPattern;
import io.pulsehook.inbox.query.EventFilter;

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
 */
public record ReplayRequest(EventFilter filter, Set<String> handlers, boolean includeDone, @Nullable String error) {

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
	 * Removes what can name a person, but keeps whether there was anything.
	 * @return the request that is kept as history
	 */
	ReplayRequest blanked() {
		return new ReplayRequest(this.filter.blanked(), this.handlers, this.includeDone,
				(this.error != null) ? "" : null);
	}

	boolean isForDeadOnly() {
		return this.filter.status() == EventStatus.DEAD;
	}

	boolean takesError(@Nullable String lastError) {
		return this.error == null || (lastError != null && this.error.equals(ErrorPattern.of(lastError)));
	}

	boolean takes(Subscription subscription) {
		return this.handlers.isEmpty() || this.handlers.contains(subscription.handler());
	}

}
