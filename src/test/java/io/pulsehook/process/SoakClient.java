package io.pulsehook.process;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Posts at a steady pace, one to three events of its own contacts at a time, each body
 * again and again until it is acknowledged, and some once more after that.
 */
final class SoakClient {

	private static final int CONTACTS = 5;

	private static final int MOST_IN_BODY = 3;

	/** One of this many bodies is sent again although it was acknowledged. */
	private static final int REDELIVERY = 20;

	private final String name;

	private final Supplier<WebhookClient> webhook;

	private final Duration pause;

	private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();

	private final Thread thread = new Thread(this::run);

	private final List<String> surprises = new ArrayList<>();

	private int next;

	private volatile int acknowledgements;

	private volatile int refusals;

	private volatile int unanswered;

	private volatile boolean stopping;

	SoakClient(int number, Supplier<WebhookClient> webhook, Duration pause) {
		this.name = "soak" + number;
		this.webhook = webhook;
		this.pause = pause;
	}

	void start() {
		this.thread.start();
	}

	// Stops the client as soon as what it has begun to post is acknowledged.
	void stop(Duration patience) throws InterruptedException {
		this.stopping = true;
		this.thread.join(patience.toMillis());
		if (this.thread.isAlive()) {
			this.thread.interrupt();
			this.surprises.add("Not acknowledged within " + patience);
		}
	}

	private void run() {
		while (!this.stopping) {
			List<Posted> events = nextEvents();
			String body = events.stream().map(SoakClient::element).collect(Collectors.joining(",", "[", "]"));
			while (!post(body)) {
				if (Thread.currentThread().isInterrupted()) {
					return;
				}
			}
			events.forEach((event) -> this.acknowledged.add(event.title()));
			this.acknowledgements = this.next;
			if (ThreadLocalRandom.current().nextInt(REDELIVERY) == 0) {
				redeliver(body);
			}
		}
	}

	private List<Posted> nextEvents() {
		List<Posted> events = new ArrayList<>();
		int size = ThreadLocalRandom.current().nextInt(1, MOST_IN_BODY + 1);
		for (int i = 0; i < size; i++) {
			events.add(new Posted(this.name + "-" + this.next % CONTACTS, this.next));
			this.next++;
		}
		return events;
	}

	private static String element(Posted event) {
		String array = event.json().strip();
		return array.substring(1, array.length() - 1);
	}

	private boolean post(String body) {
		HttpResponse<String> response = send(body);
		return response != null && response.statusCode() == 200;
	}

	// Sends an acknowledged body again, which must not be stored a second time.
	private void redeliver(String body) {
		HttpResponse<String> response = send(body);
		if (response != null && response.statusCode() == 200 && !response.body().contains("\"accepted\":0")) {
			this.surprises.add("Stored again: " + response.body());
		}
	}

	private @Nullable HttpResponse<String> send(String body) {
		LockSupport.parkNanos(this.pause.toNanos());
		try {
			HttpResponse<String> response = this.webhook.get().post(body);
			count(response);
			return response;
		}
		catch (IOException ex) {
			this.unanswered++;
			return null;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return null;
		}
	}

	private void count(HttpResponse<String> response) {
		if (response.statusCode() == 503) {
			this.refusals++;
		}
		else if (response.statusCode() == 400 && response.body().startsWith("<!doctype html>")) {
			// A stopping Tomcat answers like this when it has not read the request.
			this.unanswered++;
		}
		else if (response.statusCode() != 200) {
			this.surprises.add(response.statusCode() + ": " + response.body());
		}
	}

	// How many events have been acknowledged.
	int acknowledgements() {
		return this.acknowledgements;
	}

	Queue<String> titles() {
		return this.acknowledged;
	}

	// How many requests were answered with 503.
	int refusals() {
		return this.refusals;
	}

	// How many requests got no answer from the service.
	int unanswered() {
		return this.unanswered;
	}

	// Returns answers that should not occur. The client must have been stopped.
	List<String> surprises() {
		return this.surprises;
	}

}
