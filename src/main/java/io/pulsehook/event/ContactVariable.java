package io.pulsehook.event;

import java.math.BigDecimal;
import java.net.URI;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;

import org.jspecify.annotations.Nullable;

/**
 * A variable of a contact. Only the bot's author knows its type, so it can be read as any
 * one: each method ignores surrounding space, and returns {@code null} if there is no
 * text or it is no such value. No method throws.
 *
 * @param name the name that the bot's author gave it, or the one that was asked for if
 * there is no such variable
 * @param text the value as text, for a number or a boolean too; {@code null} if the
 * variable is missing, null or structured
 */
public record ContactVariable(String name, @Nullable String text) {

	/**
	 * The value as a number, written with a decimal point.
	 * @return the number or {@code null}
	 */
	public @Nullable BigDecimal number() {
		return TypedText.number(this.text);
	}

	/**
	 * The value as a date, written {@code 2022-02-25}.
	 * @return the date or {@code null}
	 */
	public @Nullable LocalDate date() {
		return TypedText.date(this.text);
	}

	/**
	 * The value as a truth value: {@code true} and {@code 1}, {@code false} and {@code 0}
	 * in any case of letters.
	 * @return the truth value or {@code null}
	 */
	public @Nullable Boolean bool() {
		return TypedText.bool(this.text);
	}

	/**
	 * The value as a phone number: digits with what groups them, as they were typed.
	 * @return the phone number or {@code null}
	 */
	public @Nullable String phone() {
		return TypedText.phone(this.text);
	}

	/**
	 * The value as an e-mail address, in small letters, since users type them in any
	 * case.
	 * @return the e-mail address or {@code null}
	 */
	public @Nullable String email() {
		return TypedText.email(this.text);
	}

	/**
	 * The value as a web address. One that was typed without a scheme, as
	 * {@code example.com}, is a relative address.
	 * @return the address or {@code null}
	 */
	public @Nullable URI url() {
		return TypedText.url(this.text);
	}

	/**
	 * The value as a date and a time without zone, written {@code 2022-02-25 14:47} or
	 * {@code 2022-02-25T14:47}, with or without seconds.
	 * @return the date and time or {@code null}
	 */
	public @Nullable LocalDateTime dateTime() {
		return TypedText.dateTime(this.text);
	}

	/**
	 * The value as a time of day, written {@code 14:47}, with or without seconds.
	 * @return the time of day or {@code null}
	 */
	public @Nullable LocalTime time() {
		return TypedText.time(this.text);
	}

}
