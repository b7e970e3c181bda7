package io.pulsehook.event.filter;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import io.pulsehook.event.PaymentStatus;

/**
 * What the values of a key can be.
 *
 * @param ignoresCase whether upper and lower case are the same, as in codes
 * @param numeric whether values can be numbers, which patterns can give ranges of
 * @param words all values but numbers, in lower case; none if there can be any
 */
record Vocabulary(boolean ignoresCase, boolean numeric, List<String> words) {

	/** What people have typed, which is told apart by its case. */
	static final Vocabulary TEXT = new Vocabulary(false, false, List.of());

	static final Vocabulary CODE = new Vocabulary(true, false, List.of());

	static final Vocabulary FLAG = new Vocabulary(true, false, List.of("true", "false"));

	static final Vocabulary AUTHOR = new Vocabulary(true, false, List.of(EventFacts.OPERATOR, EventFacts.OTHER));

	static final Vocabulary STATUS = new Vocabulary(true, true,
			Stream.of(PaymentStatus.values()).map((status) -> status.name().toLowerCase(Locale.ROOT)).toList());

	/**
	 * Returns the form in which values and patterns are compared.
	 * @param value a value or a pattern
	 * @return the value without white space around it, and without case if that does not
	 * count
	 */
	String comparable(String value) {
		String stripped = value.strip();
		return this.ignoresCase ? stripped.toLowerCase(Locale.ROOT) : stripped;
	}

	/**
	 * Compiles a pattern that has no exact value.
	 * @param pattern the pattern in its comparable form
	 * @return the compiled pattern
	 * @throws IllegalArgumentException if it can match no value
	 */
	ValuePattern compile(String pattern) {
		if (pattern.isEmpty()) {
			throw new IllegalArgumentException("is empty");
		}
		if (this.numeric && NumberRange.isMeantBy(pattern)) {
			return NumberRange.parse(pattern);
		}
		ValuePattern compiled = (pattern.indexOf('*') >= 0) ? Wildcard.of(pattern) : pattern::contentEquals;
		if (!this.words.isEmpty() && !isNumber(pattern) && this.words.stream().noneMatch(compiled::matches)) {
			throw new IllegalArgumentException("matches none of its values");
		}
		return compiled;
	}

	private boolean isNumber(String pattern) {
		return this.numeric && NumberRange.isNumber(pattern.replace("*", "0"));
	}

	/**
	 * Says what a pattern can be.
	 * @return a sentence
	 */
	String explained() {
		String ranges = this.numeric ? ", a number, a range such as 300..500" : "";
		return this.words.isEmpty() ? "A pattern is a text, in which * stands for any characters."
				: "A pattern is one of " + this.words + ranges + ", or a part of one with *.";
	}

}
