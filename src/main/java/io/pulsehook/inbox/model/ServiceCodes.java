package io.pulsehook.inbox.model;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * The codes of services under which events are counted. An event's own code is free text
 * of the sender, who could make up any number of them, and counts are kept longer than
 * events.
 */
public final class ServiceCodes {

	/** The code that stands for all codes that SendPulse does not document. */
	public static final String OTHER = "other";

	/**
	 * The documented codes: the platforms of chatbots, and the sections that process
	 * payments.
	 */
	public static final List<String> DOCUMENTED = List.of("messenger", "telegram", "viber", "instagram", "livechat",
			"whatsapp", "tiktok", "1", "3", "4", "5", "100", "200", "300", "400");

	private static final String LIVE_CHAT = "livechat";

	/** Another spelling of {@code livechat} that SendPulse sends as well. */
	private static final String LIVE_CHAT_TOO = "live_chat";

	private ServiceCodes() {
	}

	/**
	 * Returns the code under which an event is counted.
	 * @param code the event's own
	 * @return a documented code, {@link #OTHER} for any other, or an empty text if there
	 * is none
	 */
	public static String counted(@Nullable String code) {
		String plain = (code != null) ? code.strip().toLowerCase(Locale.ROOT) : "";
		if (plain.equals(LIVE_CHAT_TOO)) {
			return LIVE_CHAT;
		}
		return (plain.isEmpty() || DOCUMENTED.contains(plain)) ? plain : OTHER;
	}

	// Returns the same for a column as SQL. Stored counts need it too, since an earlier
	// version counted under whatever code was sent.
	public static String countedSql(String column) {
		String plain = "lower(trim(" + column + "))";
		return "case when %1$s = '%2$s' then '%3$s' when %1$s = '' or %1$s in (%4$s) then %1$s else '%5$s' end"
			.formatted(plain, LIVE_CHAT_TOO, LIVE_CHAT, literals(), OTHER);
	}

	private static String literals() {
		return DOCUMENTED.stream().map((code) -> "'" + code + "'").collect(Collectors.joining(", "));
	}

}
