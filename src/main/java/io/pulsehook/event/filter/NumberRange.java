package io.pulsehook.event.filter;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The whole numbers between two others, both included, such as {@code 300..500}.
 */
record NumberRange(int least, int most) implements ValuePattern {

	/** Longer numbers do not fit into an int. */
	private static final int DIGITS = 9;

	private static final Pattern SYNTAX = Pattern
		.compile("([0-9]{1,%1$d})\\s*\\.\\.\\s*([0-9]{1,%1$d})".formatted(DIGITS));

	/**
	 * Tells whether a pattern is meant as a range.
	 * @param pattern the pattern
	 * @return whether it has two dots
	 */
	static boolean isMeantBy(String pattern) {
		return pattern.contains("..");
	}

	/**
	 * Reads a range.
	 * @param pattern the pattern
	 * @return the range
	 * @throws IllegalArgumentException if it is not one number, two dots and another
	 * number that is not smaller
	 */
	static NumberRange parse(String pattern) {
		Matcher matcher = SYNTAX.matcher(pattern);
		if (!matcher.matches()) {
			throw new IllegalArgumentException("is no range of numbers");
		}
		NumberRange range = new NumberRange(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
		if (range.least > range.most) {
			throw new IllegalArgumentException("is a range without any number");
		}
		return range;
	}

	static boolean isNumber(CharSequence value) {
		return !value.isEmpty() && value.length() <= DIGITS
				&& value.chars().allMatch((digit) -> digit >= '0' && digit <= '9');
	}

	@Override
	public boolean matches(CharSequence value) {
		if (!isNumber(value)) {
			return false;
		}
		int number = Integer.parseInt(value.toString());
		return number >= this.least && number <= this.most;
	}

}
