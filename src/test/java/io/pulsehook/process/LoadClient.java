package io.pulsehook.process;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Posts event after event for one contact, each once the one before is acknowledged. What
 * was not acknowledged is posted again.
 */
final class LoadClient {

	private static final int STRIDE = 10_000_000;

	private static final Duration PAUSE = Duration.ofMillis(100);

	private final int number;

	private final String contact;

	private final List<String> acknowledged = new CopyOnWriteArrayList<>();

	private final Queue<Answered> answers = new ConcurrentLinkedQueue<>();

	private int next;

	private @Nullable Posted unacknowledged;

	// The numbers of the events are unique to the client, since others may post for the
	// same contact.
	LoadClient(int number, String contact) {
		this.number = number;
		this.contact = contact;
		this.next = number * STRIDE;
	}

	// Starts a thread on which the client posts until nobody answers, and returns it.
	Thread postUntilKilled(WebhookClient webhook) {
		Thread thread = new Thread(() -> {
			while (post(webhook)) {
				Thread.onSpinWait();
			}
		}, toString());
		thread.start();
		return thread;
	}

	// Starts a thread on which the client posts until it is interrupted, and returns it.
	// When a replica does not take an event, the next one gets it.
	Thread postToAny(List<WebhookClient> replicas) {
		Thread thread = new Thread(() -> {
			int turn = this.number;
			while (!Thread.currentThread().isInterrupted()) {
				turn++;
				if (!isAcknowledged(replicas.get(turn % replicas.size()))) {
					LockSupport.parkNanos(PAUSE.toNanos());
				}
			}
		}, toString());
		thread.start();
		return thread;
	}

	// Starts a thread on which the client posts, with a pause after each answer, until it
	// is interrupted, and returns it.
	Thread postSteadily(WebhookClient webhook, Duration pause) {
		Thread thread = new Thread(() -> {
			while (!Thread.currentThread().isInterrupted()) {
				LockSupport.parkNanos((isAcknowledged(webhook) ? pause : PAUSE).toNanos());
			}
		}, toString());
		thread.start();
		return thread;
	}

	// Posts again what has not been acknowledged.
	void finish(WebhookClient webhook) {
		if (this.unacknowledged != null) {
			assertThat(post(webhook)).as("The last post of %s is answered", this).isTrue();
		}
	}

	private boolean post(WebhookClient webhook) {
		try {
			HttpResponse<String> response = send(webhook);
			assertThat(response.statusCode()).as("%s", response.body()).isEqualTo(200);
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	private boolean isAcknowledged(WebhookClient webhook) {
		try {
			HttpResponse<String> response = send(webhook);
			assertThat(response.statusCode()).as("%s", response.body()).isIn(200, 503);
			return response.statusCode() == 200;
		}
		catch (IOException ex) {
			return false;
		}
	}

	private HttpResponse<String> send(WebhookClient webhook) throws IOException {
		Posted event = (this.unacknowledged != null) ? this.unacknowledged : new Posted(this.contact, this.next++);
		this.unacknowledged = event;
		long asked = System.nanoTime();
		try {
			HttpResponse<String> response = webhook.post(event.json());
			this.answers.add(Answered.now(asked, response.statusCode()));
			if (response.statusCode() == 200) {
				this.acknowledged.add(event.title());
				this.unacknowledged = null;
			}
			return response;
		}
		catch (IOException ex) {
			this.answers.add(Answered.now(asked, 0));
			throw ex;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new InterruptedIOException();
		}
	}

	int acknowledged() {
		return this.acknowledged.size();
	}

	// Returns how all posts were answered, in their order.
	Queue<Answered> answers() {
		return this.answers;
	}

	// Returns the titles of the events in the order of their acknowledgement.
	List<String> titles() {
		return this.acknowledged;
	}

	@Override
	public String toString() {
		return "client for " + this.contact + " at " + this.next;
	}

}
