package io.pulsehook.console.overview;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.pulsehook.console.handlers.RestRow;
import io.pulsehook.inbox.Subscribers;
import io.pulsehook.inbox.model.HandlerState;
import io.pulsehook.inbox.model.Subscription;

/**
 * How many handlers there are, and which of them do nothing just now. A handler that is
 * gone is not tried, so that its rest would never end, and is left out.
 *
 * @param handlers how many there are
 * @param paused how many are paused
 * @param resting how many rest by themselves
 * @param rests why they rest, and which have rested in vain
 */
record Halted(int handlers, long paused, long resting, List<RestRow> rests) {

	static Halted of(Subscribers subscribers, Instant now) {
		Map<String, HandlerState> states = subscribers.states();
		List<Subscription> handlers = subscribers.all();
		List<RestRow> rests = handlers.stream()
			.map(Subscription::handler)
			.map((handler) -> RestRow.of(handler, states.getOrDefault(handler, HandlerState.RUNNING), now))
			.filter(Objects::nonNull)
			.sorted(Comparator.comparing(RestRow::handler))
			.toList();
		long paused = handlers.stream()
			.filter((one) -> states.getOrDefault(one.handler(), HandlerState.RUNNING).paused())
			.count();
		long resting = rests.stream().filter((rest) -> !rest.exhausted() && !rest.gone()).count();
		return new Halted(handlers.size(), paused, resting, rests);
	}

}
