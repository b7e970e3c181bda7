package io.pulsehook.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients that post at the same time, several for each contact, and assertions on what
 * was acknowledged to them.
 */
final class Load {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final List<LoadClient> clients = new ArrayList<>();

	Load(int clients, int contacts) {
		for (int i = 0; i < clients; i++) {
			this.clients.add(new LoadClient(i, "contact" + i % contacts));
		}
	}

	// Starts threads on which the clients post until nobody answers, and returns them.
	List<Thread> postUntilKilled(WebhookClient webhook) {
		return this.clients.stream().map((client) -> client.postUntilKilled(webhook)).toList();
	}

	// Starts threads on which the clients post, to whichever replica answers, until they
	// are interrupted, and returns them.
	List<Thread> postToAny(List<WebhookClient> replicas) {
		return this.clients.stream().map((client) -> client.postToAny(replicas)).toList();
	}

	// Starts threads on which the clients post, with a pause after each answer, until the
	// threads are interrupted, and returns them.
	List<Thread> postSteadily(WebhookClient webhook, Duration pause) {
		return this.clients.stream().map((client) -> client.postSteadily(webhook, pause)).toList();
	}

	static void stop(List<Thread> threads) throws InterruptedException {
		threads.forEach(Thread::interrupt);
		for (Thread thread : threads) {
			thread.join();
		}
	}

	// Posts again what has not been acknowledged.
	void finish(WebhookClient webhook) {
		this.clients.forEach((client) -> client.finish(webhook));
	}

	void awaitMore(int events) {
		int until = acknowledged() + events;
		Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(() -> acknowledged() >= until);
	}

	// Returns how all posts were answered so far.
	List<Answered> answers() {
		return this.clients.stream().flatMap((client) -> client.answers().stream()).toList();
	}

	int acknowledged() {
		return this.clients.stream().mapToInt(LoadClient::acknowledged).sum();
	}

	// Asserts that no acknowledged event is lost, and that only this many others are
	// kept.
	void assertKeptOnce(List<JsonNode> events, int others) {
		List<String> kept = events.stream().map(Load::title).toList();
		Set<String> lost = new HashSet<>();
		this.clients.forEach((client) -> client.titles().forEach(lost::add));
		lost.removeAll(kept);
		assertThat(lost).as("Acknowledged and lost, of %d", acknowledged()).isEmpty();
		// Each client has posted its events until they were acknowledged, so none beyond
		// those may be kept.
		assertThat(kept).as("Kept events").doesNotHaveDuplicates().hasSize(acknowledged() + others);
		assertThat(events).as("Events not done").allMatch((event) -> event.get("status").asString().equals("done"));
	}

	void assertHandledInOrder(List<JsonNode> events, List<Handled> handled) {
		Map<String, Long> ids = events.stream()
			.collect(Collectors.toMap(Load::title, (event) -> Long.valueOf(event.get("id").asString())));
		for (LoadClient client : this.clients) {
			assertThat(client.titles().stream().map(ids::get)).as("Ids of what client %s posted", client).isSorted();
		}
		Map<String, List<Long>> completions = firstCompletions(handled);
		assertThat(completions.values().stream().flatMap(List::stream)).as("Events that a handler has run to its end")
			.containsExactlyInAnyOrderElementsOf(ids.values());
		completions.forEach((contact, completed) -> assertThat(completed)
			.as("First completions for %s in the order of receipt", contact)
			.isSorted());
	}

	private static Map<String, List<Long>> firstCompletions(List<Handled> handled) {
		Map<String, List<Long>> completions = new HashMap<>();
		Set<String> seen = new HashSet<>();
		handled.stream()
			.filter(Handled::ended)
			.filter((line) -> seen.add(line.delivery()))
			.forEach((line) -> completions.computeIfAbsent(line.contact(), (contact) -> new ArrayList<>())
				.add(line.eventId()));
		return completions;
	}

	private static String title(JsonNode event) {
		return event.get("title").asString();
	}

}
