package io.pulsehook.app.listen;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestClientResponseException;

import io.pulsehook.app.listen.RemoteInbox.Item;

/**
 * Hands events on one after the other, in the order of their receipt. While either side
 * cannot be reached, it tries again. An event counts as handed on when the target has
 * answered that it has it, so if the process is killed, only the last event can be
 * repeated.
 */
final class Listener {

	private static final Log logger = LogFactory.getLog(Listener.class);

	private static final String LOGIN = "Set PULSEHOOK_USER and PULSEHOOK_PASSWORD to a login of its console";

	/**
	 * What a developer has to do about an answer that would be the same if the request
	 * were repeated.
	 */
	private static final Map<Integer, String> ACTIONS = Map.of(401, LOGIN, 403, LOGIN, 404,
			"In a host application, give its base path as well, as in https://host.example/pulsehook, and set "
					+ "pulsehook.api.enabled=true there");

	private static final String UPDATE = "It may be of a version that is older than this one: use its own jar to listen";

	/**
	 * The answers to a request that took too long and to too many logins, which pass by
	 * themselves.
	 */
	private static final Set<Integer> PASSING = Set.of(408, 429);

	private final RemoteInbox remote;

	private final Target target;

	private final Cursor cursor;

	private final Duration pause;

	private boolean remoteLost;

	private boolean targetLost;

	Listener(RemoteInbox remote, Target target, Cursor cursor, Duration pause) {
		this.remote = remote;
		this.target = target;
		this.cursor = cursor;
		this.pause = pause;
	}

	void run() throws InterruptedException {
		long last = start();
		while (!Thread.currentThread().isInterrupted()) {
			long before = last;
			last = handOn(last);
			if (last == before) {
				pause();
			}
		}
	}

	private long start() throws InterruptedException {
		while (true) {
			try {
				long newest = this.remote.newest();
				long last = Math.min(this.cursor.read().orElse(newest), newest);
				logger.info("Listening to " + this.remote + " after event " + last + ", which is "
						+ ((last == newest) ? "the newest" : (newest - last) + " behind the newest")
						+ ". Events are posted to " + this.target + ", and the file " + this.cursor
						+ " keeps which was the last.");
				this.cursor.write(last);
				remoteFound();
				return last;
			}
			catch (RestClientException ex) {
				remoteLost(ex);
				pause();
			}
		}
	}

	// Hands on the events after a given one, and returns the last one that was handed on
	// or is gone.
	private long handOn(long last) throws InterruptedException {
		long done = last;
		try {
			for (Item item : this.remote.after(last)) {
				remoteFound();
				handOn(item);
				done = item.id();
				this.cursor.write(done);
			}
			remoteFound();
		}
		catch (RestClientException ex) {
			remoteLost(ex);
		}
		return done;
	}

	private void handOn(Item item) throws InterruptedException {
		byte[] body = this.remote.body(item.id()).orElse(null);
		if (body == null) {
			logger.info("Event " + item.id() + " is no longer stored there, and is skipped.");
			return;
		}
		HttpStatusCode answer = post(body);
		logger.info("Event " + item.id() + ", " + item.type() + ": " + answer.value());
	}

	private HttpStatusCode post(byte[] body) throws InterruptedException {
		while (true) {
			try {
				HttpStatusCode answer = this.target.post(body);
				if (isTaken(answer)) {
					targetFound();
					return answer;
				}
				targetLost("it answers " + answer.value());
			}
			catch (RestClientException ex) {
				targetLost("it cannot be reached");
			}
			pause();
		}
	}

	// 400 and 413 count as taken: the target has kept what it calls malformed, and would
	// refuse what is too large every time. Any other status means that an address, a
	// login or a fault has to be corrected first.
	private static boolean isTaken(HttpStatusCode answer) {
		return answer.is2xxSuccessful() || answer.value() == HttpStatus.BAD_REQUEST.value()
				|| answer.value() == HttpStatus.CONTENT_TOO_LARGE.value();
	}

	private void remoteLost(RestClientException ex) {
		if (ex instanceof HttpClientErrorException refused && !PASSING.contains(refused.getStatusCode().value())) {
			int status = refused.getStatusCode().value();
			throw new ListenException(this.remote + " answers " + status + ".", ACTIONS.getOrDefault(status, UPDATE));
		}
		if (!this.remoteLost) {
			this.remoteLost = true;
			logger.warn("The connection to " + this.remote + " is lost" + reason(ex) + ". It is tried again every "
					+ this.pause.toMillis() + " ms; what arrives there meanwhile comes later.");
		}
	}

	private static String reason(RestClientException ex) {
		return (ex instanceof RestClientResponseException answer) ? ", it answers " + answer.getStatusCode().value()
				: "";
	}

	private void remoteFound() {
		if (this.remoteLost) {
			this.remoteLost = false;
			logger.info("The connection to " + this.remote + " is there again.");
		}
	}

	private void targetLost(String reason) {
		if (!this.targetLost) {
			this.targetLost = true;
			logger.warn(this.target + " takes no event: " + reason + ". The event is tried again every "
					+ this.pause.toMillis() + " ms, and all others wait behind it.");
		}
	}

	private void targetFound() {
		if (this.targetLost) {
			this.targetLost = false;
			logger.info(this.target + " takes events again.");
		}
	}

	private void pause() throws InterruptedException {
		Thread.sleep(this.pause.toMillis());
	}

}
