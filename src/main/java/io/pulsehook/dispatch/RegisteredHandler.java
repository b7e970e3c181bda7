package io.pulsehook.dispatch;

import java.util.LinkedHashSet;
import java.util.Set;

import io.pulsehook.EventHandler;
import io.pulsehook.event.Event;
import io.pulsehook.inbox.Subscription;

/**
 * A handler bean with what it receives and how it is run.
 *
 * @param id the bean name
 * @param eventType what it receives: a leaf record, a sealed parent or {@link Event}
 * @param handler the bean
 * @param settings how it is run
 */
public record RegisteredHandler(String id, Class<? extends Event> eventType, EventHandler<Event> handler,
		HandlerSettings settings) {

	Subscription subscription() {
		return new Subscription(this.id, types(), this.settings.ordering() == HandlerSettings.Ordering.KEY);
	}

	/**
	 * The records it receives.
	 * @return their simple names
	 */
	public Set<String> types() {
		Set<String> names = new LinkedHashSet<>();
		collect(this.eventType, names);
		return names;
	}

	private static void collect(Class<?> type, Set<String> names) {
		if (!type.isSealed()) {
			names.add(type.getSimpleName());
			return;
		}
		for (Class<?> permitted : type.getPermittedSubclasses()) {
			collect(permitted, names);
		}
	}

}
