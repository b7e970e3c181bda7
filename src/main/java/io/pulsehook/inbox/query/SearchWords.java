package io.pulsehook.inbox.query;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The words of a search. A text has to have all of them, in any order and whatever their
 * case and accents. Words in double quotes stay together. A phone number is also found
 * where its digits are grouped in another way.
 */
public final class SearchWords {

	/** A phrase in quotes, what may be a phone number, or a word. */
	private static final Pattern PIECE = Pattern
		.compile("\"([^\"]+)\"(?=\\s|$)|(?<!\\S)(\\+?\\(?\\d[\\d\\s().\\-/]{5,}\\d)(?!\\S)|(\\S+)");

	private static final Pattern SPACE = Pattern.compile("\\s+");

	private static final Pattern NO_DIGIT = Pattern.compile("\\D");

	/** What a phone number may have between two digits. */
	private static final String SEPARATORS = "[\\s().\\-/]{0,3}";

	/** Fewer digits are found as they are written: they are hardly a phone number. */
	private static final int SHORTEST_PHONE = 7;

	/** What none of the words may have that are searched for within single values. */
	private static final Pattern BETWEEN_VALUES = Pattern.compile("[\\s\"{}\\[\\]:,]");

	private final List<Term> terms;

	private SearchWords(List<Term> terms) {
		this.terms = terms;
	}

	/**
	 * Takes a search apart.
	 * @param query the search as it was typed
	 * @return its words
	 */
	public static SearchWords of(String query) {
		List<Term> terms = new ArrayList<>();
		Matcher pieces = PIECE.matcher(query);
		while (pieces.find()) {
			if (pieces.group(1) != null) {
				terms.add(Term.of(pieces.group(1)));
			}
			else if (pieces.group(2) != null) {
				terms.addAll(numbers(pieces.group(2)));
			}
			else {
				terms.add(Term.of(pieces.group(3)));
			}
		}
		return new SearchWords(terms);
	}

	private static List<Term> numbers(String text) {
		List<String> words = SPACE.splitAsStream(text).map(SearchWords::fold).toList();
		String digits = NO_DIGIT.matcher(text).replaceAll("");
		if (digits.length() < SHORTEST_PHONE) {
			return words.stream().map((word) -> new Term(List.of(word), null)).toList();
		}
		String phone = digits.chars().mapToObj(Character::toString).collect(Collectors.joining(SEPARATORS));
		return List.of(new Term(words, Pattern.compile(phone)));
	}

	/**
	 * Tells whether a text has all words.
	 * @param text the text as it is written
	 * @return {@code true} if so, or if there are no words
	 */
	public boolean areIn(String text) {
		String folded = fold(text);
		return this.terms.stream().allMatch((term) -> term.isIn(folded));
	}

	/**
	 * Tells whether a word may match what lies across several values of JSON, so that it
	 * matters how the JSON is laid out.
	 * @return {@code true} if one of them has a space or punctuation of JSON
	 */
	boolean mayReachAcrossValues() {
		return this.terms.stream().anyMatch((term) -> term.words.stream().anyMatch(BETWEEN_VALUES.asPredicate()));
	}

	/**
	 * Makes texts alike that differ only in case, accents, and letters which many write
	 * without their strokes.
	 * @param text the text
	 * @return the text in small letters without marks
	 */
	static String fold(String text) {
		String small = text.toLowerCase(Locale.ROOT);
		if (small.chars().allMatch((character) -> character < 128)) {
			return small;
		}
		String decomposed = Normalizer.normalize(small, Normalizer.Form.NFKD);
		StringBuilder folded = new StringBuilder(decomposed.length());
		for (int i = 0; i < decomposed.length(); i++) {
			append(folded, decomposed.charAt(i));
		}
		return folded.toString();
	}

	private static void append(StringBuilder folded, char letter) {
		switch (letter) {
			case 'ß' -> folded.append("ss");
			case 'æ' -> folded.append("ae");
			case 'œ' -> folded.append("oe");
			case 'ø' -> folded.append('o');
			case 'ł' -> folded.append('l');
			case 'đ' -> folded.append('d');
			case 'ı' -> folded.append('i');
			default -> {
				if (Character.getType(letter) != Character.NON_SPACING_MARK) {
					folded.append(letter);
				}
			}
		}
	}

	/**
	 * A part of what is searched for.
	 *
	 * @param words the folded words, all of which a text has to have
	 * @param phone the digits that a text may have instead, or {@code null}
	 */
	private record Term(List<String> words, @Nullable Pattern phone) {

		private static Term of(String word) {
			return new Term(Stream.of(word).map(SearchWords::fold).toList(), null);
		}

		private boolean isIn(String folded) {
			return this.words.stream().allMatch(folded::contains)
					|| (this.phone != null && this.phone.matcher(folded).find());
		}

	}

}
