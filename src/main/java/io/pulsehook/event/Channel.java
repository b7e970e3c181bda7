package io.pulsehook.event;

import java.util.HashMap;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonCreator;
import org.jspecify.annotations.Nullable;

/**
 * The messaging channels of chatbot webhooks, which SendPulse calls services (SendPulse
 * page, Webhook structure). The page's list lacks {@code whatsapp}, which its own example
 * uses, and {@code tiktok}, which is in production.
 */
public enum Channel implements WireCode {

	/**
	 * Facebook Messenger and the comments of Facebook pages.
	 */
	MESSENGER("messenger"),

	/**
	 * Telegram.
	 */
	TELEGRAM("telegram"),

	/**
	 * Viber.
	 */
	VIBER("viber"),

	/**
	 * Instagram direct messages and comments.
	 */
	INSTAGRAM("instagram"),

	/**
	 * SendPulse's live chat on a website, which is also spelled {@code live_chat}.
	 */
	LIVECHAT("livechat"),

	/**
	 * WhatsApp.
	 */
	WHATSAPP("whatsapp"),

	/**
	 * TikTok.
	 */
	TIKTOK("tiktok"),

	/**
	 * Any other channel, or none given.
	 */
	UNKNOWN("");

	private static final Map<String, Channel> BY_CODE = byCode();

	private final String code;

	Channel(String code) {
		this.code = code;
	}

	private static Map<String, Channel> byCode() {
		Map<String, Channel> channels = new HashMap<>(WireCode.index(values()));
		channels.put("live_chat", LIVECHAT);
		return Map.copyOf(channels);
	}

	/**
	 * The code that SendPulse writes.
	 * @return the code on the wire, empty for {@link #UNKNOWN}
	 */
	@Override
	public String code() {
		return this.code;
	}

	/**
	 * Finds the constant of a code, in any case of letters.
	 * @param code the code on the wire, or {@code null} if there is none
	 * @return the constant, {@link #UNKNOWN} for every code that has none
	 */
	@JsonCreator
	public static Channel of(@Nullable String code) {
		return WireCode.find(BY_CODE, code, UNKNOWN);
	}

}
