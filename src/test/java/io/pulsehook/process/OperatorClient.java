package io.pulsehook.process;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client of the API that logs in as the operator.
 */
final class OperatorClient {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private static final JsonMapper json = JsonMapper.shared();

	private final URI root;

	OperatorClient(URI root) {
		this.root = root;
	}

	HttpResponse<String> send(String path) {
		return exchange("GET", path);
	}

	HttpResponse<String> post(String path) {
		return exchange("POST", path);
	}

	HttpResponse<String> delete(String path) {
		return exchange("DELETE", path);
	}

	private HttpResponse<String> exchange(String method, String path) {
		String login = Base64.getEncoder().encodeToString(("user:" + Launch.PASSWORD).getBytes(StandardCharsets.UTF_8));
		HttpRequest request = HttpRequest.newBuilder(URI.create(this.root + path))
			.timeout(TIMEOUT)
			.method(method, BodyPublishers.noBody())
			.header("Authorization", "Basic " + login)
			.build();
		try {
			return client.send(request, BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new AssertionError(method + " " + path + " was not answered", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	int status(String path) {
		return send(path).statusCode();
	}

	JsonNode get(String path) {
		HttpResponse<String> response = send(path);
		assertThat(response.statusCode()).as("GET %s: %s", path, response.body()).isEqualTo(200);
		return json.readTree(response.body());
	}

	// Reads all events that match the query, page by page, newest first.
	List<JsonNode> events(String query) {
		List<JsonNode> events = new ArrayList<>();
		String path = "/api/events?limit=500" + query;
		JsonNode page = get(path);
		page.get("items").forEach(events::add);
		while (!page.get("next").isNull()) {
			page = get(path + "&cursor=" + page.get("next").asString());
			page.get("items").forEach(events::add);
		}
		return events;
	}

	List<JsonNode> events() {
		return events("");
	}

	// Returns the delivery of an event that has one handler.
	JsonNode delivery(String eventId) {
		return get("/api/events/" + eventId).get("deliveries").get(0);
	}

}
