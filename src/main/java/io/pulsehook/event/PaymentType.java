package io.pulsehook.event;

import java.util.Map;

import com.fasterxml.jackson.annotation.JsonCreator;
import org.jspecify.annotations.Nullable;

/**
 * Whether a payment is real (SendPulse page, Payment webhooks).
 */
public enum PaymentType implements WireCode {

	/**
	 * An actual payment.
	 */
	ACTUAL("1"),

	/**
	 * A test payment.
	 */
	TEST("2"),

	/**
	 * A test payment in the live system.
	 */
	LIVE_TEST("3"),

	/**
	 * Any other type, or none given.
	 */
	UNKNOWN("");

	private static final Map<String, PaymentType> BY_CODE = WireCode.index(values());

	private final String code;

	PaymentType(String code) {
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
	public static PaymentType of(@Nullable String code) {
		return WireCode.find(BY_CODE, code, UNKNOWN);
	}

}
