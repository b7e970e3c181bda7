package io.pulsehook.console.format;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Currency;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Formats sums of money for the pages, with as many decimals as their currency has.
 */
public final class Money {

	/**
	 * Sums with more digits are rounded: nobody pays that much, but anybody could send
	 * such a number to make a page huge.
	 */
	private static final int MOST_DIGITS = 30;

	private Money() {
	}

	/**
	 * Writes a sum.
	 * @param amount the amount
	 * @param currency the code of its currency as sent, or {@code null}
	 * @return the amount in groups of three digits, and the code; with the decimals that
	 * were sent if the code is none of ISO 4217
	 */
	public static String of(BigDecimal amount, @Nullable String currency) {
		String code = (currency != null) ? " " + currency : "";
		if (Math.abs((long) amount.precision() - amount.scale()) > MOST_DIGITS || amount.scale() > MOST_DIGITS) {
			return amount.round(new MathContext(3)) + code;
		}
		DecimalFormat format = new DecimalFormat("#,##0", DecimalFormatSymbols.getInstance(Locale.ROOT));
		int decimals = decimals(amount, currency);
		format.setMinimumFractionDigits(decimals);
		format.setMaximumFractionDigits(decimals);
		format.setRoundingMode(RoundingMode.HALF_UP);
		return format.format(amount) + code;
	}

	// A few codes, such as that of gold, are no money and have no number of decimals.
	private static int decimals(BigDecimal amount, @Nullable String currency) {
		int sent = Math.max(amount.scale(), 0);
		if (currency == null) {
			return sent;
		}
		try {
			int usual = Currency.getInstance(currency.toUpperCase(Locale.ROOT)).getDefaultFractionDigits();
			return (usual >= 0) ? usual : sent;
		}
		catch (IllegalArgumentException ex) {
			return sent;
		}
	}

}
