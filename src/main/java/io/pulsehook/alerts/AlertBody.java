package io.pulsehook.alerts;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import io.pulsehook.alerts.Alarm.Kind;
import io.pulsehook.destination.text.SlackText;

/**
 * Writes an alert in the format that its receiver expects.
 */
final class AlertBody {

	/** Telegram refuses a longer text than 4,096 characters. */
	private static final int LONGEST_TEXT = 4_000;

	private static final JsonMapper JSON = new JsonMapper();

	private final AlertSettings settings;

	AlertBody(AlertSettings settings) {
		this.settings = settings;
	}

	String of(Alert alert) {
		return JSON.writeValueAsString(switch (this.settings.format()) {
			case STANDARD -> standard(alert);
			case SLACK -> Map.of("text", SlackText.escape(text(alert)));
			case TELEGRAM -> telegram(alert);
		});
	}

	private Map<String, Object> standard(Alert alert) {
		Map<String, Object> data = new LinkedHashMap<>();
		data.put("text", text(alert));
		data.put("alarms", alert.alarms().stream().map(this::details).toList());
		Map<String, Object> body = new LinkedHashMap<>();
		body.put("type", "pulsehook.alert");
		body.put("timestamp", alert.at());
		body.put("data", data);
		return body;
	}

	private Map<String, Object> details(Alarm alarm) {
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("kind", alarm.kind().code());
		putKnown(details, subject(alarm.kind()), alarm.handler());
		putKnown(details, "type", alarm.type());
		putKnown(details, "eventId", (alarm.eventId() != null) ? alarm.eventId().toString() : null);
		putKnown(details, "error", alarm.error());
		details.put("since", alarm.since());
		details.put("count", alarm.count());
		putKnown(details, "kept", alarm.kept());
		putKnown(details, "link", link(alarm));
		return details;
	}

	private static String subject(Kind kind) {
		return switch (kind) {
			case LOGIN -> "account";
			case MISSING -> "reconciliation";
			case SPOOL -> "machine";
			default -> "handler";
		};
	}

	private static void putKnown(Map<String, Object> details, String name, @Nullable Object value) {
		if (value != null) {
			details.put(name, value);
		}
	}

	private Map<String, Object> telegram(Alert alert) {
		Map<String, Object> body = new LinkedHashMap<>();
		putKnown(body, "chat_id", this.settings.chatId());
		body.put("text", text(alert));
		return body;
	}

	private String text(Alert alert) {
		List<String> lines = new ArrayList<>();
		for (Alarm alarm : alert.alarms()) {
			String link = link(alarm);
			lines.add((link != null) ? alarm.text() + " " + link : alarm.text());
		}
		return cut("Pulsehook: " + String.join("\n", lines));
	}

	private @Nullable String link(Alarm alarm) {
		String link = this.settings.eventLink();
		return (link != null && alarm.eventId() != null) ? link.replace("{id}", alarm.eventId().toString()) : null;
	}

	private static String cut(String text) {
		return (text.length() > LONGEST_TEXT) ? text.substring(0, LONGEST_TEXT) + "…" : text;
	}

}
