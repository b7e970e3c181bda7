package io.pulsehook.inbox.model;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.pulsehook.event.filter.EventFacts;
import io.pulsehook.event.filter.HandlerFilter;

/**
 * The events that a handler takes.
 *
 * @param handler the handler's id
 * @param types the simple names of the records it takes
 * @param ordered whether its deliveries of one key run one after the other
 * @param filters the filters of which any has to match an event; none means all events
 */
public record Subscription(String handler, Set<String> types, boolean ordered, List<HandlerFilter> filters) {

	/**
	 * Creates a subscription to all events of some types.
	 * @param handler the handler's id
	 * @param types the simple names of the records it takes
	 * @param ordered whether its deliveries of one key run one after the other
	 */
	public Subscription(String handler, Set<String> types, boolean ordered) {
		this(handler, types, ordered, List.of());
	}

	/**
	 * Creates a subscription of one process.
	 * @param handler the handler's id
	 * @param types the simple names of the records it takes
	 * @param ordered whether its deliveries of one key run one after the other
	 * @param filter which of these events it takes
	 */
	public Subscription(String handler, Set<String> types, boolean ordered, HandlerFilter filter) {
		this(handler, types, ordered, filter.matchesAll() ? List.of() : List.of(filter));
	}

	/**
	 * Tells whether the handler takes an event.
	 * @param type the type that the event is stored as
	 * @param title its title
	 * @return whether it takes that type, or the new name of a renamed one
	 */
	public boolean takes(String type, @Nullable String title) {
		return this.types.contains(type)
				|| (RenamedType.isFormer(type, title) && this.types.contains(RenamedType.NAME));
	}

	/**
	 * Tells whether the handler takes an event of its types.
	 * @param facts the facts of the event
	 * @return whether there is no filter, or any of them matches
	 */
	public boolean wants(EventFacts facts) {
		if (this.filters.isEmpty()) {
			return true;
		}
		for (HandlerFilter filter : this.filters) {
			if (filter.matches(facts)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Adds what the same handler takes in another process.
	 * @param other its subscription there
	 * @return a subscription to the events that are taken by either
	 */
	public Subscription or(Subscription other) {
		Set<String> all = Stream.concat(this.types.stream(), other.types.stream())
			.collect(Collectors.toUnmodifiableSet());
		return new Subscription(this.handler, all, this.ordered || other.ordered, anyOf(this.filters, other.filters));
	}

	/**
	 * Returns this subscription with the filters of another.
	 * @param other the other
	 * @return the subscription
	 */
	public Subscription filteredAs(Subscription other) {
		return new Subscription(this.handler, this.types, this.ordered, other.filters);
	}

	private static List<HandlerFilter> anyOf(List<HandlerFilter> some, List<HandlerFilter> others) {
		if (some.isEmpty() || others.isEmpty()) {
			return List.of();
		}
		return Stream.concat(some.stream(), others.stream()).distinct().toList();
	}

}
