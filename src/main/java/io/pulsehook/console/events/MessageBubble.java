package io.pulsehook.console.events;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.pulsehook.console.format.Labels;
import io.pulsehook.event.Attachment;
import io.pulsehook.event.Contact;
import io.pulsehook.event.Event;
import io.pulsehook.event.IncomingMessage;
import io.pulsehook.event.MessageEvent;
import io.pulsehook.event.Sender;

/**
 * A message the way it looked in the messenger.
 *
 * @param incoming whether the contact wrote it
 * @param sender who wrote it
 * @param text the text, or {@code null}
 * @param attachments the files and other parts that came with it
 * @param note a remark about the message, or {@code null}
 */
public record MessageBubble(boolean incoming, String sender, @Nullable String text, List<Part> attachments,
		@Nullable String note) {

	/** A longer text may not fit, and is then scrolled. */
	private static final int LONG_TEXT = 200;

	/**
	 * Returns how a message looked.
	 * @param event any event
	 * @return the message, or {@code null} if the event is none
	 */
	public static @Nullable MessageBubble of(Event event) {
		if (!(event instanceof MessageEvent message)) {
			return null;
		}
		boolean incoming = message instanceof IncomingMessage;
		return new MessageBubble(incoming, incoming ? contact(message.contact()) : operator(message.sentBy()),
				message.text(), message.attachments().stream().map(Part::of).toList(), note(message));
	}

	/**
	 * Tells whether the text may have to be scrolled, also by keys.
	 * @return {@code true} if it is long or has several lines
	 */
	public boolean isLong() {
		return this.text != null && (this.text.length() > LONG_TEXT || this.text.indexOf('\n') >= 0);
	}

	private static String contact(@Nullable Contact contact) {
		String name = (contact != null) ? contact.name() : null;
		return (name != null && !name.isBlank()) ? name : "Contact";
	}

	private static String operator(@Nullable Sender sender) {
		if (sender == null) {
			return "Bot or API";
		}
		String name = Stream.of(sender.firstName(), sender.lastName())
			.filter((part) -> part != null && !part.isBlank())
			.collect(Collectors.joining(" "));
		return name.isEmpty() ? Objects.requireNonNullElse(sender.email(), "Operator") : name;
	}

	private static @Nullable String note(MessageEvent message) {
		if (message.isComment()) {
			return "A comment of a post";
		}
		if (message.replyTo() != null) {
			return "An answer to another message or story";
		}
		return message.isEcho() ? "Echo of an own message" : null;
	}

	/**
	 * Something that came with a message.
	 *
	 * @param label the kind of part, such as a file
	 * @param url its address, or {@code null} if it has none that a browser may safely
	 * open
	 * @param text its caption, name or address
	 */
	public record Part(String label, @Nullable String url, String text) {

		private static Part of(Attachment attachment) {
			String url = attachment.url();
			boolean web = url != null && url.toLowerCase(Locale.ROOT).matches("https?://.*");
			String text = Stream.of(attachment.caption(), attachment.fileName(), url, attachment.id())
				.filter((part) -> part != null && !part.isBlank())
				.findFirst()
				.orElse("");
			return new Part(Labels.words(attachment.type().name()), web ? url : null, text);
		}

	}

}
