package io.pulsehook.inbox.model;

import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The events that a handler takes.
 *
 * @param handler the handler's id
 * @param types the simple names of the records it takes
 * @param ordered whether its deliveries of one key run one after the other
 */
public record Subscription(String handler, Set<String> types, boolean ordered) {

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

}
