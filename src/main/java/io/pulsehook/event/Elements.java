package io.pulsehook.event;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Splits a body into its elements by bytes. SendPulse nearly always posts an array of
 * events, and if the array were parsed as a whole, one bad element would make its
 * neighbours unreadable. So this class looks only at quotes, escapes and brackets, to
 * find where an element ends. What is inside is checked later, when the element is bound
 * to its record.
 */
public final class Elements {

	private static final byte[] BOM = { (byte) 0xEF, (byte) 0xBB, (byte) 0xBF };

	private final byte[] body;

	private final int limit;

	private int position;

	private Elements(byte[] body, int limit) {
		this.body = body;
		this.limit = limit;
	}

	/**
	 * Splits a body.
	 * @param body the JSON in UTF-8, with or without a byte order mark
	 * @return the bytes of each element of an array as they came, without the white space
	 * around them; of an object, the object alone
	 * @throws MalformedBodyException if the body is empty or a bare scalar, or if its
	 * outer structure is broken
	 */
	public static List<byte[]> split(byte[] body) throws MalformedBodyException {
		return split(body, Integer.MAX_VALUE);
	}

	/**
	 * Splits a body with a limit on its elements. Nothing behind the first element that
	 * is too many is looked at.
	 * @param body the JSON in UTF-8, with or without a byte order mark
	 * @param limit how many elements are allowed
	 * @return the bytes of each element, as without a limit
	 * @throws TooManyElementsException if there are more elements, whatever comes behind
	 * them
	 * @throws MalformedBodyException if the body is broken before that
	 */
	public static List<byte[]> split(byte[] body, int limit) throws MalformedBodyException {
		return new Elements(body, limit).split();
	}

	private List<byte[]> split() throws MalformedBodyException {
		skipByteOrderMark();
		skipWhitespace();
		if (atEnd()) {
			throw malformed("The body is empty");
		}
		List<byte[]> elements = switch (current()) {
			case '[' -> array();
			case '{' -> List.of(element());
			default -> throw malformed("The body must be a JSON array or object: there is something else");
		};
		skipWhitespace();
		if (!atEnd()) {
			throw malformed("Something follows the end of the JSON");
		}
		return elements;
	}

	private List<byte[]> array() throws MalformedBodyException {
		List<byte[]> elements = new ArrayList<>();
		this.position++;
		skipWhitespace();
		if (!atEnd() && current() == ']') {
			this.position++;
			return elements;
		}
		do {
			if (elements.size() == this.limit) {
				throw new TooManyElementsException(this.limit, this.position);
			}
			skipWhitespace();
			elements.add(element());
			skipWhitespace();
		}
		while (another());
		return elements;
	}

	// Moves past the comma or bracket after an element.
	private boolean another() throws MalformedBodyException {
		if (atEnd()) {
			throw malformed("The array is not closed: the body ends");
		}
		byte separator = current();
		if (separator != ',' && separator != ']') {
			throw malformed("A comma or the end of the array is missing");
		}
		this.position++;
		return separator == ',';
	}

	private byte[] element() throws MalformedBodyException {
		int start = this.position;
		switch ((atEnd()) ? ',' : current()) {
			case '{', '[' -> skipNested();
			case '"' -> skipString();
			default -> skipScalar();
		}
		return Arrays.copyOfRange(this.body, start, this.position);
	}

	private void skipNested() throws MalformedBodyException {
		int depth = 0;
		while (!atEnd()) {
			switch (current()) {
				case '"' -> skipString();
				case '{', '[' -> {
					depth++;
					this.position++;
				}
				case '}', ']' -> {
					depth--;
					this.position++;
				}
				default -> this.position++;
			}
			if (depth == 0) {
				return;
			}
		}
		throw malformed("An object or array is not closed: the body ends");
	}

	private void skipString() throws MalformedBodyException {
		this.position++;
		while (!atEnd()) {
			byte current = current();
			this.position += (current == '\\') ? 2 : 1;
			if (current == '"') {
				return;
			}
		}
		this.position = this.body.length;
		throw malformed("A string is not closed: the body ends");
	}

	private void skipScalar() throws MalformedBodyException {
		int start = this.position;
		while (!atEnd() && !endsScalar(current())) {
			this.position++;
		}
		if (this.position == start) {
			throw malformed("An element is missing");
		}
	}

	private static boolean endsScalar(byte current) {
		return switch (current) {
			case ',', ':', '"', '[', ']', '{', '}' -> true;
			default -> isWhitespace(current);
		};
	}

	private void skipByteOrderMark() {
		if (this.body.length >= BOM.length && Arrays.equals(this.body, 0, BOM.length, BOM, 0, BOM.length)) {
			this.position = BOM.length;
		}
	}

	private void skipWhitespace() {
		while (!atEnd() && isWhitespace(current())) {
			this.position++;
		}
	}

	private static boolean isWhitespace(byte current) {
		return current == ' ' || current == '\n' || current == '\r' || current == '\t';
	}

	private boolean atEnd() {
		return this.position >= this.body.length;
	}

	private byte current() {
		return this.body[this.position];
	}

	private MalformedBodyException malformed(String problem) {
		int comment = firstComment();
		return (comment >= 0) ? new MalformedBodyException("JSON has no comments, but one begins", comment)
				: new MalformedBodyException(problem, this.position);
	}

	// The quotes and brackets in a comment are taken for JSON, so the body seems to break
	// somewhere behind the comment. The error names where the comment begins, because
	// that is what the sender has to look for.
	private int firstComment() {
		boolean inString = false;
		for (int i = 0; i < Math.min(this.position + 1, this.body.length - 1); i++) {
			byte current = this.body[i];
			if (current == '"') {
				inString = !inString;
			}
			else if (inString && current == '\\') {
				i++;
			}
			else if (!inString && beginsComment(i)) {
				return i;
			}
		}
		return -1;
	}

	// The slashes of an address begin no comment: where quotes are missing, an address
	// can seem to stand outside of a text.
	private boolean beginsComment(int index) {
		byte next = this.body[index + 1];
		return this.body[index] == '/' && (next == '/' || next == '*') && (index == 0 || this.body[index - 1] != ':');
	}

}
