package io.pulsehook.inbox.model;

import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What a handler wants to receive.
 *
 * @param handler the handler's id
 * @param types the simple names of the records it takes
 * @param ordered whether its deliveries of one key run one after the other
 */
public record Subscription(String handler, Set<String> types, boolean ordered) {

	/**
	 * Whether the handler receives an event.
	 * @param type the type that the event is stored as
	 * @param title its title
	 * @return whether it takes that type, or the one that is meant by it now
	 */
	public boolean takes(String type, @Nullable String title) {
		return this.types.contains(type)
				|| (RenamedType.isFormer(type, title) && this.types.contains(RenamedType.NAME));
	}

}
