package io.pulsehook.event.filter;

import java.util.ArrayList;
import java.util.List;

/**
 * A text in which each star stands for any characters, also for none. Senders choose the
 * values that it is compared with, so the time it takes grows with the length of a value
 * and of the pattern and never with their product.
 */
final class Wildcard implements ValuePattern {

	private final String prefix;

	private final List<Part> parts;

	private final String suffix;

	private Wildcard(String prefix, List<Part> parts, String suffix) {
		this.prefix = prefix;
		this.parts = parts;
		this.suffix = suffix;
	}

	/**
	 * Compiles a pattern.
	 * @param pattern a text with at least one star
	 * @return the compiled pattern
	 */
	static Wildcard of(String pattern) {
		String[] texts = pattern.split("\\*+", -1);
		List<Part> parts = new ArrayList<>();
		for (int i = 1; i < texts.length - 1; i++) {
			parts.add(Part.of(texts[i]));
		}
		return new Wildcard(texts[0], List.copyOf(parts), texts[texts.length - 1]);
	}

	// The first place where a part is found is always good enough: it leaves the most
	// room for the parts behind it.
	@Override
	public boolean matches(CharSequence value) {
		int end = value.length() - this.suffix.length();
		int begin = this.prefix.length();
		if (begin > end || !isAt(value, 0, this.prefix) || !isAt(value, end, this.suffix)) {
			return false;
		}
		for (Part part : this.parts) {
			begin = part.endIn(value, begin, end);
			if (begin < 0) {
				return false;
			}
		}
		return true;
	}

	private static boolean isAt(CharSequence value, int index, String text) {
		for (int i = 0; i < text.length(); i++) {
			if (value.charAt(index + i) != text.charAt(i)) {
				return false;
			}
		}
		return true;
	}

	/**
	 * A text between two stars. It is searched for with the algorithm of Knuth, Morris
	 * and Pratt, which never goes back in the value.
	 *
	 * @param text the text, not empty
	 * @param borders for each length of a beginning of the text, the length of the
	 * longest shorter beginning that it ends with
	 */
	private record Part(String text, int[] borders) {

		static Part of(String text) {
			int[] borders = new int[text.length() + 1];
			int matched = 0;
			for (int i = 1; i < text.length(); i++) {
				matched = extend(text, borders, matched, text.charAt(i));
				borders[i + 1] = matched;
			}
			return new Part(text, borders);
		}

		private static int extend(String text, int[] borders, int matched, char next) {
			int length = matched;
			while (length > 0 && text.charAt(length) != next) {
				length = borders[length];
			}
			return (text.charAt(length) == next) ? length + 1 : 0;
		}

		/**
		 * Searches for the text.
		 * @param value where to search
		 * @param begin the first index
		 * @param end the index behind the last
		 * @return the index behind the first place of the text, or -1 if it is not there
		 */
		int endIn(CharSequence value, int begin, int end) {
			int matched = 0;
			for (int i = begin; i < end; i++) {
				matched = extend(this.text, this.borders, matched, value.charAt(i));
				if (matched == this.text.length()) {
					return i + 1;
				}
			}
			return -1;
		}

	}

}
