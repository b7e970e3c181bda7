package io.pulsehook.console.format;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Formats sums of money for the pages.
 */
public final class Money {

	/**
	 * Sums with more digits are rounded: nobody pays that much, but anybody could send
	 * such a number to make a page huge.
	 */
	private static final int MOST_DIGITS = 30;

	private Money() {
	}

	public static String of(BigDecimal amount, @Nullable String currency) {
		String code = (currency != null) ? " " + currency : "";
		if (Math.abs((long) amount.precision() - amount.scale()) > MOST_DIGITS || amount.scale() > MOST_DIGITS) {
			return amount.round(new MathContext(3)) + code;
		}
		DecimalFormat format = new DecimalFormat("#,##0.00", DecimalFormatSymbols.getInstance(Locale.ROOT));
		format.setRoundingMode(RoundingMode.HALF_UP);
		return format.format(amount) + code;
	}

}
