package io.pulsehook.inbox;

import java.util.Set;

/**
 * What is to be handled again. Deliveries that are unfinished are always left alone. If
 * the filter asks for dead events, only deliveries that are dead run again; otherwise
 * also those that do not exist yet, of a handler that is newer than the event.
 *
 * @param filter which events
 * @param handlers by which handlers; empty for all that take the type
 * @param includeDone whether also by those that have done it already
 */
public record ReplayRequest(EventFilter filter, Set<String> handlers, boolean includeDone) {

	boolean isForDeadOnly() {
		return "dead".equals(this.filter.status());
	}

	boolean takes(Subscription subscription) {
		return this.handlers.isEmpty() || this.handlers.contains(subscription.handler());
	}

}
