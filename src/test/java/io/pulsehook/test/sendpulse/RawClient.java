package io.pulsehook.test.sendpulse;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Calls the server over HTTP, with nothing of Pulsehook between.
 */
final class RawClient {

	static final JsonMapper MAPPER = new JsonMapper();

	private final HttpClient http = HttpClient.newHttpClient();

	private final URI url;

	Duration timeout = Duration.ofSeconds(5);

	String authorization = "Bearer " + FakeSendPulse.API_KEY;

	RawClient(FakeSendPulse server) {
		this.url = server.url();
	}

	Response get(String path) throws IOException, InterruptedException {
		return send(request(path).GET());
	}

	Response put(String path) throws IOException, InterruptedException {
		return send(request(path).PUT(BodyPublishers.noBody()));
	}

	Response post(String path, String json) throws IOException, InterruptedException {
		return post(path, "application/json", json.replace('\'', '"'));
	}

	Response post(String path, String contentType, String body) throws IOException, InterruptedException {
		return send(request(path).header("Content-Type", contentType).POST(BodyPublishers.ofString(body)));
	}

	private HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(this.url.resolve(path))
			.timeout(this.timeout)
			.header("Authorization", this.authorization);
	}

	private Response send(HttpRequest.Builder request) throws IOException, InterruptedException {
		HttpResponse<String> response = this.http.send(request.build(), BodyHandlers.ofString());
		return new Response(response.statusCode(), response);
	}

	record Response(int status, HttpResponse<String> http) {

		JsonNode json() {
			return MAPPER.readTree(this.http.body());
		}

		JsonNode at(String pointer) {
			return json().at(pointer);
		}

	}

}
