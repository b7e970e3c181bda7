package io.pulsehook.console.format;

import java.util.ArrayList;
import java.util.List;

/**
 * Lays JSON out for reading, and cuts it into pieces that a page can colour. Each piece
 * is shown as it was received, except that escaped letters of other alphabets become
 * letters. A text that is not JSON is laid out as far as possible, and no character of it
 * is lost.
 */
public final class JsonText {

	/**
	 * A larger text is not cut into pieces, because browsers are slow with so many
	 * elements.
	 */
	private static final int LARGEST = 200_000;

	private static final int DEEPEST_INDENT = 60;

	private final String json;

	private final List<Piece> pieces = new ArrayList<>();

	private int position;

	private int depth;

	private JsonText(String json) {
		this.json = json;
	}

	public static List<Piece> pieces(String json) {
		return (json.length() > LARGEST) ? List.of(new Piece("", json)) : new JsonText(json).read();
	}

	private List<Piece> read() {
		while (this.position < this.json.length()) {
			char next = this.json.charAt(this.position);
			switch (next) {
				case ' ', '\t', '\r', '\n' -> this.position++;
				case '{', '[' -> open(next);
				case '}', ']' -> close(next);
				case ',' -> punctuation("," + newLine());
				case ':' -> punctuation(": ");
				case '"' -> string();
				default -> word();
			}
		}
		return this.pieces;
	}

	private void open(char bracket) {
		int inner = skipSpace(this.position + 1);
		if (inner < this.json.length() && this.json.charAt(inner) == ((bracket == '{') ? '}' : ']')) {
			add("", bracket + String.valueOf(this.json.charAt(inner)));
			this.position = inner + 1;
			return;
		}
		this.depth++;
		punctuation(bracket + newLine());
	}

	private void close(char bracket) {
		this.depth = Math.max(this.depth - 1, 0);
		punctuation(newLine() + bracket);
	}

	private void punctuation(String text) {
		add("", text);
		this.position++;
	}

	private String newLine() {
		return "\n" + "  ".repeat(Math.min(this.depth, DEEPEST_INDENT));
	}

	private void string() {
		int end = this.position + 1;
		while (end < this.json.length() && this.json.charAt(end) != '"') {
			end += (this.json.charAt(end) == '\\') ? 2 : 1;
		}
		end = Math.min(end + 1, this.json.length());
		int after = skipSpace(end);
		boolean key = after < this.json.length() && this.json.charAt(after) == ':';
		add(key ? "key" : "string", readable(this.json.substring(this.position, end)));
		this.position = end;
	}

	private void word() {
		int end = this.position + 1;
		while (end < this.json.length() && " \t\r\n{}[],:\"".indexOf(this.json.charAt(end)) < 0) {
			end++;
		}
		String word = this.json.substring(this.position, end);
		boolean number = Character.isDigit(word.charAt(0)) || word.charAt(0) == '-';
		add(number ? "number" : "word", word);
		this.position = end;
	}

	private int skipSpace(int from) {
		int index = from;
		while (index < this.json.length() && " \t\r\n".indexOf(this.json.charAt(index)) >= 0) {
			index++;
		}
		return index;
	}

	private static String readable(String literal) {
		if (!literal.contains("\\u")) {
			return literal;
		}
		StringBuilder text = new StringBuilder();
		for (int i = 0; i < literal.length(); i++) {
			char letter = letterAt(literal, i);
			if (letter != 0) {
				text.append(letter);
				i += 5;
			}
			else {
				text.append(literal.charAt(i));
				if (literal.charAt(i) == '\\' && i + 1 < literal.length()) {
					text.append(literal.charAt(++i));
				}
			}
		}
		return text.toString();
	}

	// Returns the letter that is escaped at this index, or 0 if there is none.
	private static char letterAt(String literal, int index) {
		if (!literal.startsWith("\\u", index) || index + 6 > literal.length()) {
			return 0;
		}
		try {
			char escaped = (char) Integer.parseInt(literal.substring(index + 2, index + 6), 16);
			return (escaped > 127 && Character.isLetterOrDigit(escaped)) ? escaped : 0;
		}
		catch (NumberFormatException ex) {
			return 0;
		}
	}

	private void add(String type, String text) {
		this.pieces.add(new Piece(type, text));
	}

	/**
	 * A piece of JSON.
	 *
	 * @param type {@code key}, {@code string}, {@code number}, {@code word} for true,
	 * false and null, or empty for punctuation and space
	 * @param text the characters of the piece
	 */
	public record Piece(String type, String text) {

	}

}
