package io.pulsehook.alerts;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that alarms have the form that their receivers document.
 */
class AlertBodyTests {

	private static final Instant TIME = Instant.parse("2026-01-01T10:00:00.5Z");

	private final Alert alert = new Alert(TIME,
			List.of(Alarm.dead("crm<sync>", "PaymentOrder", 42, "com.example.Crm$Down", TIME),
					Alarm.backlog("mail & more", TIME, 1234)));

	@Test
	void isWhatStandardWebhooksRecommends() {
		JsonNode body = body(AlertFormat.STANDARD, null, "https://hooks.example.com/events/{id}", this.alert);
		assertThat(body.propertyNames()).containsExactly("type", "timestamp", "data");
		assertThat(body.path("type").asString()).isEqualTo("pulsehook.alert");
		assertThat(body.path("timestamp").asString()).isEqualTo("2026-01-01T10:00:00.500Z");
		JsonNode dead = body.path("data").path("alarms").path(0);
		assertThat(dead.path("kind").asString()).isEqualTo("dead");
		assertThat(dead.path("handler").asString()).isEqualTo("crm<sync>");
		assertThat(dead.path("type").asString()).isEqualTo("PaymentOrder");
		assertThat(dead.path("eventId").asString()).isEqualTo("42");
		assertThat(dead.path("error").asString()).isEqualTo("com.example.Crm$Down");
		assertThat(dead.path("link").asString()).isEqualTo("https://hooks.example.com/events/42");
		assertThat(dead.path("count").asInt()).isOne();
		JsonNode backlog = body.path("data").path("alarms").path(1);
		assertThat(backlog.propertyNames()).containsExactly("kind", "handler", "since", "count");
	}

	@Test
	void isTextForSlackWithItsMarkupEscaped() {
		JsonNode body = body(AlertFormat.SLACK, null, null, this.alert);
		assertThat(body.propertyNames()).containsExactly("text");
		assertThat(body.path("text").asString()).isEqualTo("""
				Pulsehook: Handler 'crm&lt;sync&gt;' gave up on event 42 (PaymentOrder, com.example.Crm$Down). \
				It is a dead letter.
				The oldest delivery for handler 'mail &amp; more' has been waiting since 2026-01-01T10:00:00Z. \
				Unfinished are 1234.""");
	}

	@Test
	void isAMessageToAChatForTelegram() {
		JsonNode body = body(AlertFormat.TELEGRAM, "-1001234", null, this.alert);
		assertThat(body.propertyNames()).containsExactly("chat_id", "text");
		assertThat(body.path("chat_id").asString()).isEqualTo("-1001234");
		assertThat(body.path("text").asString()).contains("crm<sync>");
	}

	@Test
	void isNeverLongerThanTelegramTakes() {
		Alert many = new Alert(TIME, Collections.nCopies(500, this.alert.alarms().get(0)));
		assertThat(body(AlertFormat.TELEGRAM, "1", null, many).path("text").asString()).hasSizeLessThan(4096);
	}

	@Test
	void survivesItsTimeInTheInbox() {
		assertThat(Alert.read(new String(this.alert.toBytes()))).isEqualTo(this.alert);
	}

	private static JsonNode body(AlertFormat format, @Nullable String chatId, @Nullable String link, Alert alert) {
		AlertSettings settings = new AlertSettings(URI.create("http://localhost"), null, format, chatId, link,
				Duration.ofHours(1), Duration.ofMinutes(1), Duration.ofMinutes(10), Duration.ofMinutes(15), null);
		return new JsonMapper().readTree(new AlertBody(settings).of(alert));
	}

}
