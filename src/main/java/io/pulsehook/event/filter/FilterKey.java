package io.pulsehook.event.filter;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a filter can ask of an event. What has to be looked up in a message comes last, so
 * that it is looked up only if all else matches.
 */
public enum FilterKey {

	/** The title of a chatbot event. */
	TITLE("title", Vocabulary.TEXT),

	/** The channel of a chatbot event. */
	SERVICE("service", Vocabulary.CODE),

	/** The bot of a chatbot event, by its id or its name. */
	BOT("bot", Vocabulary.TEXT),

	/** The source that received the event, by its name in {@code pulsehook.sources}. */
	SOURCE("source", Vocabulary.CODE),

	/** The status of a payment, by its name or its number. */
	STATUS("status", Vocabulary.STATUS),

	/** Whether a payment is a test. */
	TEST("test", Vocabulary.FLAG),

	/** Whether a message is a comment. */
	COMMENT("comment", Vocabulary.FLAG),

	/** Whether a message is an own one that comes back. */
	ECHO("echo", Vocabulary.FLAG),

	/** Whether an operator wrote a message, or somebody or something else. */
	SENT_BY("sent-by", Vocabulary.AUTHOR);

	private final String spelling;

	private final Vocabulary vocabulary;

	FilterKey(String spelling, Vocabulary vocabulary) {
		this.spelling = spelling;
		this.vocabulary = vocabulary;
	}

	/**
	 * Finds a key. Case and dashes are ignored, since the name of an environment variable
	 * can express neither.
	 * @param spelling how somebody has written it
	 * @return the key, or nothing if there is none
	 */
	static Optional<FilterKey> find(String spelling) {
		String canonical = canonical(spelling);
		return Stream.of(values()).filter((key) -> canonical(key.spelling).equals(canonical)).findFirst();
	}

	private static String canonical(String spelling) {
		return spelling.replaceAll("[^\\p{L}\\p{N}]", "").toLowerCase(Locale.ROOT);
	}

	static List<String> spellings() {
		return Stream.of(values()).map(FilterKey::spelling).toList();
	}

	/**
	 * Returns how the key is written.
	 * @return the key in lower case, with dashes
	 */
	public String spelling() {
		return this.spelling;
	}

	Vocabulary vocabulary() {
		return this.vocabulary;
	}

	/**
	 * Tells whether the key asks for something that has to be looked up in a message.
	 */
	boolean isOfMessage() {
		return this == COMMENT || this == ECHO || this == SENT_BY;
	}

}
