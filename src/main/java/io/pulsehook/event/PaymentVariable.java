package io.pulsehook.event;

import java.math.BigDecimal;
import java.net.URI;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A contact variable of a payment (SendPulse page, Payment webhooks). The raw text is
 * always there; each typed accessor gives a value for variables of its type, and
 * {@code null} for those of another type and where the text is no such value.
 *
 * @param name the name that the bot's author gave it
 * @param valueType the type
 * @param valueTypeCode the type's code as sent
 * @param text the value as sent, {@code null} if there is none
 */
public record PaymentVariable(@Nullable String name, VariableType valueType, @Nullable String valueTypeCode,
		@Nullable String text) {

	/**
	 * The value in the Java type that its variable type stands for: a {@link BigDecimal},
	 * {@link LocalDate}, {@link Boolean}, {@link URI}, {@link LocalDateTime},
	 * {@link LocalTime} or text.
	 * @return the value, or {@code null} if the type is unknown or the text is no such
	 * value
	 */
	public @Nullable Object value() {
		return switch (this.valueType) {
			case STRING -> this.text;
			case NUMBER -> number();
			case DATE -> date();
			case BOOLEAN -> bool();
			case PHONE -> phone();
			case EMAIL -> email();
			case URL -> url();
			case DATE_TIME -> dateTime();
			case TIME -> time();
			case UNKNOWN -> null;
		};
	}

	/**
	 * The value of a variable of type {@link VariableType#NUMBER}.
	 * @return the number or {@code null}
	 */
	public @Nullable BigDecimal number() {
		return TypedText.number(textOf(VariableType.NUMBER));
	}

	/**
	 * The value of a variable of type {@link VariableType#DATE}.
	 * @return the date or {@code null}
	 */
	public @Nullable LocalDate date() {
		return TypedText.date(textOf(VariableType.DATE));
	}

	/**
	 * The value of a variable of type {@link VariableType#BOOLEAN}: {@code true} and
	 * {@code 1}, {@code false} and {@code 0} in any case of letters.
	 * @return the truth value or {@code null}
	 */
	public @Nullable Boolean bool() {
		return TypedText.bool(textOf(VariableType.BOOLEAN));
	}

	/**
	 * The value of a variable of type {@link VariableType#PHONE}, without surrounding
	 * space.
	 * @return the phone number or {@code null}
	 */
	public @Nullable String phone() {
		return TypedText.phone(textOf(VariableType.PHONE));
	}

	/**
	 * The value of a variable of type {@link VariableType#EMAIL}, without surrounding
	 * space and in small letters: users type both.
	 * @return the e-mail address or {@code null}
	 */
	public @Nullable String email() {
		return TypedText.email(textOf(VariableType.EMAIL));
	}

	/**
	 * The value of a variable of type {@link VariableType#URL}.
	 * @return the address or {@code null}
	 */
	public @Nullable URI url() {
		return TypedText.url(textOf(VariableType.URL));
	}

	/**
	 * The value of a variable of type {@link VariableType#DATE_TIME}.
	 * @return the date and time or {@code null}
	 */
	public @Nullable LocalDateTime dateTime() {
		return TypedText.dateTime(textOf(VariableType.DATE_TIME));
	}

	/**
	 * The value of a variable of type {@link VariableType#TIME}.
	 * @return the time of day or {@code null}
	 */
	public @Nullable LocalTime time() {
		return TypedText.time(textOf(VariableType.TIME));
	}

	private @Nullable String textOf(VariableType type) {
		return (this.valueType == type) ? this.text : null;
	}

	static List<PaymentVariable> listOf(@Nullable JsonNode variables) {
		List<PaymentVariable> result = new ArrayList<>();
		if (variables != null && variables.isArray()) {
			variables.forEach((variable) -> {
				if (variable.isObject()) {
					result.add(of(variable));
				}
			});
		}
		return List.copyOf(result);
	}

	private static PaymentVariable of(JsonNode variable) {
		String type = Scalars.text(variable.path("valueType"));
		JsonNode value = variable.path("value");
		return new PaymentVariable(Scalars.text(variable.path("name")), VariableType.of(type), type,
				(value.isContainer()) ? value.toString() : Scalars.text(value));
	}

}
