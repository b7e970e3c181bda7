package io.pulsehook.event;

import java.util.Map;

import com.fasterxml.jackson.annotation.JsonCreator;
import org.jspecify.annotations.Nullable;

/**
 * The payment system that processed a payment (SendPulse page, Payment webhooks).
 */
public enum PaymentMethod implements WireCode {

	/**
	 * PayPal.
	 */
	PAYPAL("2"),

	/**
	 * Fondy.
	 */
	FONDY("3"),

	/**
	 * Stripe.
	 */
	STRIPE("6"),

	/**
	 * MercadoPago.
	 */
	MERCADO_PAGO("7"),

	/**
	 * LiqPay.
	 */
	LIQPAY("8"),

	/**
	 * WayForPay.
	 */
	WAYFORPAY("9"),

	/**
	 * FlutterWave.
	 */
	FLUTTERWAVE("10"),

	/**
	 * Monobank.
	 */
	MONOBANK("11"),

	/**
	 * Cryptomus.
	 */
	CRYPTOMUS("12"),

	/**
	 * Any other payment system.
	 */
	UNKNOWN("");

	private static final Map<String, PaymentMethod> BY_CODE = WireCode.index(values());

	private final String code;

	PaymentMethod(String code) {
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
	public static PaymentMethod of(@Nullable String code) {
		return WireCode.find(BY_CODE, code, UNKNOWN);
	}

}
