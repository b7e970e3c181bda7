package io.pulsehook.destination.text;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The HTML of Telegram's messages (Bot API, Formatting options): a few tags, and
 * characters that must be escaped between them.
 */
public final class TelegramText {

	/**
	 * How many characters Telegram takes, without tags and with each entity as the
	 * character that it stands for (Bot API, sendMessage).
	 */
	public static final int LONGEST = 4_096;

	private static final Set<String> TAGS = Set.of("b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "span",
			"tg-spoiler", "tg-emoji", "a", "code", "pre", "blockquote");

	private static final Pattern TAG = Pattern.compile("<(/?)([a-z-]+)(?:\\s[^<>]*)?>");

	private static final Pattern TOKEN = Pattern.compile(TAG + "|&(?:#\\d+|#x[0-9a-fA-F]+|[a-z]+);|.", Pattern.DOTALL);

	private TelegramText() {
	}

	/**
	 * Escapes a value, also for an attribute such as the address of a link.
	 * @param value any text
	 * @return the text to be put into a message
	 */
	public static String escape(String value) {
		return SlackText.escape(value).replace("\"", "&quot;");
	}

	/**
	 * Shortens a text to what Telegram takes. Neither a tag nor an entity nor a letter is
	 * cut in two, and the tags that are open at the end are closed.
	 * @param html the text
	 * @return the text itself if it is short enough
	 */
	public static String shorten(String html) {
		if (html.length() <= LONGEST || length(html) <= LONGEST) {
			return html;
		}
		StringBuilder result = new StringBuilder(LONGEST);
		Deque<String> open = new ArrayDeque<>();
		int left = LONGEST - 1;
		for (Matcher token = TOKEN.matcher(html); token.find();) {
			left -= length(token);
			if (left < 0) {
				break;
			}
			track(token, open);
			result.append(token.group());
		}
		result.append('…');
		open.forEach((tag) -> result.append("</").append(tag).append('>'));
		return result.toString();
	}

	/**
	 * Tells whether nothing is left of a text to be seen, which Telegram refuses.
	 * @param html the text
	 * @return whether there are only tags and blanks in it
	 */
	static boolean isBlank(String html) {
		return TAG.matcher(html).replaceAll("").isBlank();
	}

	/**
	 * Checks the tags of a text.
	 * @param html the text
	 * @throws IllegalArgumentException if Telegram would not understand them
	 */
	static void check(String html) {
		Deque<String> open = new ArrayDeque<>();
		for (Matcher token = TOKEN.matcher(html); token.find();) {
			if (token.group().equals("<") || (token.group(2) != null && !TAGS.contains(token.group(2)))) {
				throw new IllegalArgumentException(
						"text has a '<' at position %d that begins no tag of Telegram. For the "
							.formatted(token.start() + 1) + "character itself, write &lt;.");
			}
			if (!track(token, open)) {
				throw new IllegalArgumentException("text closes <%s>, which is not open.".formatted(token.group(2)));
			}
		}
		if (!open.isEmpty()) {
			throw new IllegalArgumentException("text does not close <%s>.".formatted(open.peek()));
		}
	}

	private static int length(String html) {
		int length = 0;
		for (Matcher token = TOKEN.matcher(html); token.find();) {
			length += length(token);
		}
		return length;
	}

	private static int length(Matcher token) {
		if (token.group(2) != null) {
			return 0;
		}
		// A number can stand for a character that counts twice.
		return (token.group().length() > 2) ? (token.group().charAt(1) == '#') ? 2 : 1 : token.group().length();
	}

	private static boolean track(Matcher token, Deque<String> open) {
		String tag = token.group(2);
		if (tag == null) {
			return true;
		}
		if (token.group(1).isEmpty()) {
			open.push(tag);
			return true;
		}
		return tag.equals(open.peek()) && open.pop() != null;
	}

}
