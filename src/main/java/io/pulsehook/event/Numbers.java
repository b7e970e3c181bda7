package io.pulsehook.event;

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;

/**
 * The numbers that SendPulse sends. JSON allows exponents that take all memory when such
 * a number is printed or added up, so that what nobody means is no number here.
 */
final class Numbers {

	/** Before the point as well as behind it. */
	private static final int MOST_DIGITS = 100;

	/** With a sign, a point and an exponent. */
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
			// The scale is taken as a long, since the difference of two ints can
			// overflow.
			long scale = number.scale();
			long integerDigits = number.precision() - scale;
			return (Math.abs(scale) <= MOST_DIGITS && integerDigits <= MOST_DIGITS) ? number : null;
		}
		catch (NumberFormatException ex) {
			return null;
		}
	}

}
