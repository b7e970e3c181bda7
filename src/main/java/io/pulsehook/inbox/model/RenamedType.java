package io.pulsehook.inbox.model;

import org.jspecify.annotations.Nullable;

/**
 * A type of events that the previous version stored under another name. While both
 * versions share a database, each can be given events that the other has stored.
 */
public final class RenamedType {

	/** The type as it is called now. */
	public static final String NAME = "FailedDelivery";

	private static final String FORMER_NAME = "FlowWebhook";

	private static final String TITLE = "failed_delivery";

	private RenamedType() {
	}

	/**
	 * Returns the type under which the previous version stores an event.
	 * @param type the type of the event
	 * @return the same type for all but the renamed one
	 */
	public static String former(String type) {
		return type.equals(NAME) ? FORMER_NAME : type;
	}

	/**
	 * Tells whether an event is of the renamed type and was stored under the former name.
	 * @param type the type that the event was stored as
	 * @param title its title
	 * @return whether handlers of the type with its new name receive it as well
	 */
	public static boolean isFormer(String type, @Nullable String title) {
		return TITLE.equals(title) && type.equals(FORMER_NAME);
	}

}
