package io.pulsehook.event;

import java.math.BigDecimal;
import java.net.URI;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Reads the texts of variables as values. Each method ignores surrounding space, and
 * returns {@code null} where there is no text or it is no such value.
 */
final class TypedText {

	private static final int MAX_LENGTH = 2_000;

	private static final String PHONE_PUNCTUATION = "+-()./ \u00A0";

	private static final DateTimeFormatter DATE_TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd[' ']['T']H:mm[:ss]")
		.withResolverStyle(ResolverStyle.STRICT);

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("H:mm[:ss]");

	private TypedText() {
	}

	static @Nullable BigDecimal number(@Nullable String text) {
		return read(text, Numbers::of);
	}

	static @Nullable LocalDate date(@Nullable String text) {
		return read(text, LocalDate::parse);
	}

	static @Nullable Boolean bool(@Nullable String text) {
		return read(text, (value) -> switch (value.toLowerCase(Locale.ROOT)) {
			case "true", "1" -> Boolean.TRUE;
			case "false", "0" -> Boolean.FALSE;
			default -> null;
		});
	}

	static @Nullable String phone(@Nullable String text) {
		return read(text, (value) -> isPhone(value) ? value : null);
	}

	// Whoever types a phone number groups its digits in some way.
	private static boolean isPhone(String value) {
		return value.chars().anyMatch(Character::isDigit) && value.chars()
			.allMatch((character) -> Character.isDigit(character) || PHONE_PUNCTUATION.indexOf(character) >= 0);
	}

	static @Nullable String email(@Nullable String text) {
		return read(text, (value) -> isEmail(value) ? value.toLowerCase(Locale.ROOT) : null);
	}

	private static boolean isEmail(String value) {
		int at = value.lastIndexOf('@');
		return at > 0 && at < value.length() - 1 && value.chars().noneMatch(Character::isWhitespace);
	}

	static @Nullable URI url(@Nullable String text) {
		return read(text, URI::create);
	}

	static @Nullable LocalDateTime dateTime(@Nullable String text) {
		return read(text, (value) -> LocalDateTime.parse(value, DATE_TIME));
	}

	static @Nullable LocalTime time(@Nullable String text) {
		return read(text, (value) -> LocalTime.parse(value, TIME));
	}

	private static <T> @Nullable T read(@Nullable String text, Function<String, @Nullable T> parser) {
		if (text == null || text.length() > MAX_LENGTH || text.isBlank()) {
			return null;
		}
		try {
			return parser.apply(text.strip());
		}
		catch (RuntimeException ex) {
			return null;
		}
	}

}
