package io.pulsehook.event;

import java.util.Map;

import com.fasterxml.jackson.annotation.JsonCreator;
import org.jspecify.annotations.Nullable;

/**
 * The type of a contact variable in a payment (SendPulse page, Payment webhooks).
 */
public enum VariableType implements WireCode {

	/**
	 * Text of at most 500 characters.
	 */
	STRING("1"),

	/**
	 * A number from -1000000000000 to 1000000000000.
	 */
	NUMBER("2"),

	/**
	 * A date, written {@code 2022-02-25}.
	 */
	DATE("3"),

	/**
	 * True or false.
	 */
	BOOLEAN("4"),

	/**
	 * A phone number.
	 */
	PHONE("5"),

	/**
	 * An e-mail address.
	 */
	EMAIL("6"),

	/**
	 * A web address.
	 */
	URL("7"),

	/**
	 * A date and a time without zone, written {@code 2022-02-25 14:47}.
	 */
	DATE_TIME("9"),

	/**
	 * A time of day, written {@code 14:47}.
	 */
	TIME("10"),

	/**
	 * Any other type, or none given.
	 */
	UNKNOWN("");

	private static final Map<String, VariableType> BY_CODE = WireCode.index(values());

	private final String code;

	VariableType(String code) {
		this.code = code;
	}

	/**
	 * The number that SendPulse writes.
	 * @return the code on the wire, empty for {@link #UNKNOWN}
	 */
	@Override
	public String code() {
		return this.code;
	}

	/**
	 * Finds the constant of a code.
	 * @param code the code on the wire, or {@code null} if there is none
	 * @return the constant, {@link #UNKNOWN} for every code that has none
	 */
	@JsonCreator
	public static VariableType of(@Nullable String code) {
		return WireCode.find(BY_CODE, code, UNKNOWN);
	}

}
