package io.pulsehook.console.format;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.pulsehook.event.Channel;
import io.pulsehook.event.Event;
import io.pulsehook.event.PaymentStatus;

/**
 * Names types, platforms and handlers as the pages show them.
 */
public final class Labels {

	private static final Map<String, String> SERVICES = Map.of("messenger", "Messenger", "telegram", "Telegram",
			"viber", "Viber", "instagram", "Instagram", "livechat", "Live chat", "whatsapp", "WhatsApp", "tiktok",
			"TikTok", "", "No service");

	/** The code under which all services are counted that SendPulse does not document. */
	private static final String OTHER = "other";

	private static final Set<String> PAYMENT = Set.of("PaymentOrder");

	private static final Map<String, String> TYPES = types();

	private Labels() {
	}

	private static Map<String, String> types() {
		Map<String, String> types = new LinkedHashMap<>();
		collect(Event.class, types);
		return types;
	}

	private static void collect(Class<?> type, Map<String, String> types) {
		if (!type.isSealed()) {
			types.put(type.getSimpleName(),
					PAYMENT.contains(type.getSimpleName()) ? "Payment" : words(type.getSimpleName()));
			return;
		}
		for (Class<?> permitted : type.getPermittedSubclasses()) {
			collect(permitted, types);
		}
	}

	// Returns the label of each type, by the simple name of its record.
	public static Map<String, String> allTypes() {
		return TYPES;
	}

	public static Map<String, String> allServices() {
		Map<String, String> services = new LinkedHashMap<>();
		SERVICES.entrySet()
			.stream()
			.filter((entry) -> !entry.getKey().isEmpty())
			.sorted(Map.Entry.comparingByValue())
			.forEach((entry) -> services.put(entry.getKey(), entry.getValue()));
		return services;
	}

	/**
	 * Names types.
	 * @param type a type, or several with commas between
	 * @return their labels, likewise
	 */
	public static String type(String type) {
		return Stream.of(type.split(", "))
			.map((each) -> TYPES.getOrDefault(each, words(each)))
			.collect(Collectors.joining(", "));
	}

	/**
	 * Names the status of a payment.
	 * @param status the status
	 * @param code the number that SendPulse has sent
	 * @return the name, or the number where SendPulse documents none
	 */
	public static String payment(PaymentStatus status, String code) {
		return (status == PaymentStatus.UNKNOWN && !code.isBlank()) ? "Status " + code : words(status.name());
	}

	// Names the platform of a chatbot. Payments have a number instead, which would mean
	// nothing to a reader.
	public static String service(String type, @Nullable String service) {
		if (PAYMENT.contains(type)) {
			return "Payments";
		}
		String known = Channel.of(service).code();
		String code = (known.isEmpty() && service != null) ? service.toLowerCase(Locale.ROOT) : known;
		return code.equals(OTHER) ? "Other service" : SERVICES.getOrDefault(code, code);
	}

	// Writes INCOMING_MESSAGE and IncomingMessage alike as "Incoming message".
	public static String words(String name) {
		String lower = name.replaceAll("_|(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
		return lower.isEmpty() ? lower : Character.toUpperCase(lower.charAt(0)) + lower.substring(1);
	}

}
