package io.pulsehook.console.format;

import java.math.BigDecimal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests {@link Money}.
 */
class MoneyTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			45          | EUR | 45.00 EUR
			1234567.891 | usd | 1,234,567.89 usd
			15.125      | KWD | 15.125 KWD
			15          | BHD | 15.000 BHD
			7800.00     | JPY | 7,800 JPY
			1e3         | VND | 1,000 VND
			-0.5        | CLF | -0.5000 CLF
			0.005       | EUR | 0.01 EUR""")
	void hasTheDecimalsOfItsCurrency(BigDecimal amount, String currency, String text) {
		assertThat(Money.of(amount, currency)).isEqualTo(text);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			12.3456 | COINS | 12.3456 COINS
			1200    | €     | 1,200 €
			7.10    | XAU   | 7.10 XAU
			1e2     | ''    | 100""")
	void isShownAsSentIfTheCurrencyIsUnknown(BigDecimal amount, String currency, String text) {
		assertThat(Money.of(amount, currency).strip()).isEqualTo(text);
	}

	@Test
	void needsNoCurrency() {
		assertThat(Money.of(new BigDecimal("9.5"), null)).isEqualTo("9.5");
	}

	@Test
	void staysShortHoweverMuchItIs() {
		assertThat(Money.of(new BigDecimal("1e2147483647"), "JPY")).hasSizeLessThan(20);
		assertThat(Money.of(new BigDecimal("1e-2147483647"), "COINS")).hasSizeLessThan(25);
	}

}
