package io.pulsehook.console.event;

import org.junit.jupiter.api.Test;

import io.pulsehook.Samples;

import static org.assertj.core.api.Assertions.assertThat;

class EventHeadingTests {

	@Test
	void saysWhoAndWhat() {
		assertThat(heading(Samples.element(Samples.INCOMING_MESSAGE)))
			.isEqualTo("Incoming message · Alexander · hey! whats up?");
		assertThat(heading("{\"order\":{\"id\":\"1\",\"status\":200,\"totalCost\":45,\"currency\":\"EUR\","
				+ "\"customerName\":\"Ana Souza\"}}"))
			.isEqualTo("Payment · Ana Souza · 45.00 EUR");
		assertThat(heading("{\"title\":\"open_chat\"}")).isEqualTo("Open chat");
	}

	@Test
	void hasTheBeginningOfALongText() {
		String text = "🙏".repeat(80);
		assertThat(heading("{\"title\":\"incoming_message\",\"service\":\"telegram\",\"contact\":{\"name\":\"Ada\"},"
				+ "\"info\":{\"message\":{\"channel_data\":{\"message\":{\"text\":\"" + text + "\\nmore\"}}}}}"))
			.isEqualTo("Incoming message · Ada · " + "🙏".repeat(60) + "…");
	}

	@Test
	void leadsBackToTheSearchThatTheReaderComesFrom() {
		String list = "/console/events";
		assertThat(BackLink.query("https://example.com/console/events?q=a%20b&status=dead", list))
			.isEqualTo("?q=a%20b&status=dead");
		assertThat(BackLink.query("https://example.com/pulsehook/console/events?q=x", list)).isEqualTo("?q=x");
		assertThat(BackLink.query("https://example.com/console/events/12?replay=1", list)).isEmpty();
		assertThat(BackLink.query("https://example.com/console/events", list)).isEmpty();
		assertThat(BackLink.query(null, list)).isEmpty();
		assertThat(BackLink.query("%%%", list)).isEmpty();
	}

	private static String heading(String body) {
		return EventHeading.of(FoundEvents.of(body)).title();
	}

}
