package io.pulsehook.test;

import io.pulsehook.event.ChatbotEvent;

/**
 * Builds an event of a chatbot that has no fields beyond the bot and the contact.
 *
 * @param <E> the type of the event
 */
public final class ContactEventBuilder<E extends ChatbotEvent> extends ChatbotEventBuilder<E, ContactEventBuilder<E>> {

	ContactEventBuilder(Class<E> type, String title) {
		super(type, title);
		addUsualDetails();
	}

}
