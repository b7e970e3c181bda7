package io.pulsehook.event;

import java.util.Map;

import com.fasterxml.jackson.annotation.JsonCreator;
import org.jspecify.annotations.Nullable;

/**
 * How far a payment has come (SendPulse page, Payment webhooks).
 */
public enum PaymentStatus implements WireCode {

	/**
	 * The payment is being processed.
	 */
	PROCESSING("100"),

	/**
	 * The user followed the link to the payment system but has not paid yet.
	 */
	PENDING("101"),

	/**
	 * The user has paid, but the bank has not transferred the funds to the payment system
	 * yet.
	 */
	AWAITING_FUNDS("102"),

	/**
	 * The payment is to be reviewed.
	 */
	IN_REVIEW("103"),

	/**
	 * The payment is on hold.
	 */
	ON_HOLD("104"),

	/**
	 * The payment was completed successfully.
	 */
	COMPLETED("200"),

	/**
	 * The payment was canceled.
	 */
	CANCELED("300"),

	/**
	 * The seller returned the payment.
	 */
	RETURNED_BY_SELLER("301"),

	/**
	 * The payment system returned the payment.
	 */
	RETURNED_BY_PAYMENT_SYSTEM("302"),

	/**
	 * The payment was denied.
	 */
	DENIED("303"),

	/**
	 * The user clicked through but did not pay.
	 */
	ABANDONED("304"),

	/**
	 * The seller returned a part of the payment.
	 */
	PARTIALLY_RETURNED("305"),

	/**
	 * The payment was not received in full.
	 */
	PARTIALLY_RECEIVED("400"),

	/**
	 * The payment ended in an error.
	 */
	ERROR("500"),

	/**
	 * Any other status.
	 */
	UNKNOWN("");

	private static final Map<String, PaymentStatus> BY_CODE = WireCode.index(values());

	private final String code;

	PaymentStatus(String code) {
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
	public static PaymentStatus of(@Nullable String code) {
		return WireCode.find(BY_CODE, code, UNKNOWN);
	}

}
