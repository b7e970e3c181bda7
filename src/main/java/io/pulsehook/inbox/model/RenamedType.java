package io.pulsehook.inbox.model;

import org.jspecify.annotations.Nullable;

/**
 * A type of events that the version before knew by another one. While both versions run
 * beside each other, each can be handed what the other stored.
 */
public final class RenamedType {

	/** The type as it is called now. */
	public static final String NAME = "FailedDelivery";

	private static final String FORMER_NAME = "FlowWebhook";

	private static final String TITLE = "failed_delivery";

	private RenamedType() {
	}

	/**
	 * The type by which the version before knows an event.
	 * @param type the type of the event
	 * @return the same for all but the renamed one
	 */
	public static String former(String type) {
		return type.equals(NAME) ? FORMER_NAME : type;
	}

	/**
	 * Whether an event is of the renamed type and was stored by its former name.
	 * @param type the type that the event was stored as
	 * @param title its title
	 * @return whether those who want it by its name now receive it too
	 */
	public static boolean isFormer(String type, @Nullable String title) {
		return TITLE.equals(title) && type.equals(FORMER_NAME);
	}

}
