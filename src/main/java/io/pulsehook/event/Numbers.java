package io.pulsehook.event;

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;

/**
 * Reads the numbers that SendPulse sends. JSON allows exponents so large that printing or
 * adding up such a number takes all memory, so a number that is too long to be meant is
 * treated as none.
 */
final class Numbers {

	/** How many digits a number may have before the point, and how many behind it. */
	private static final int MOST_DIGITS = 100;

	/**
	 * The length of the longest text that is read, with a sign, a point and an exponent.
	 */
	private static final int LONGEST = 2 * MOST_DIGITS + 16;

	private Numbers() {
	}

	/**
	 * Reads a decimal number.
	 * @param raw what was sent
	 * @return the number, or {@code null} if it is none or has more than a hundred digits
	 * before or behind the point
	 */
	static @Nullable BigDecimal of(@Nullable String raw) {
		if (raw == null || raw.length() > LONGEST) {
			return null;
		}
		try {
			BigDecimal number = new BigDecimal(raw.strip());
			// Take the scale as a long: the difference of two ints can overflow.
			long scale = number.scale();
			long integerDigits = number.precision() - scale;
			return (Math.abs(scale) <= MOST_DIGITS && integerDigits <= MOST_DIGITS) ? number : null;
		}
		catch (NumberFormatException ex) {
			return null;
		}
	}

}
