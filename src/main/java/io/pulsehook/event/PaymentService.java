package io.pulsehook.event;

import java.util.Map;

import com.fasterxml.jackson.annotation.JsonCreator;
import org.jspecify.annotations.Nullable;

/**
 * The SendPulse section that processed a payment (SendPulse page, Payment webhooks).
 */
public enum PaymentService implements WireCode {

	/**
	 * A Facebook Messenger chatbot.
	 */
	MESSENGER("1"),

	/**
	 * A Telegram chatbot.
	 */
	TELEGRAM("3"),

	/**
	 * A WhatsApp chatbot.
	 */
	WHATSAPP("4"),

	/**
	 * An Instagram chatbot.
	 */
	INSTAGRAM("5"),

	/**
	 * A website of SendPulse's website builder.
	 */
	WEBSITES("100"),

	/**
	 * A course of SendPulse's EDU section.
	 */
	EDU("200"),

	/**
	 * An e-mail.
	 */
	EMAIL("300"),

	/**
	 * A deal of the CRM.
	 */
	CRM("400"),

	/**
	 * Any other section; the page's own example has one.
	 */
	UNKNOWN("");

	private static final Map<String, PaymentService> BY_CODE = WireCode.index(values());

	private final String code;

	PaymentService(String code) {
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
	public static PaymentService of(@Nullable String code) {
		return WireCode.find(BY_CODE, code, UNKNOWN);
	}

}
