package io.pulsehook.process;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Plays SendPulse, which posts an event of a usual size every now and then, and an
 * orchestrator, which probes liveness and readiness. Both open a new connection for each
 * request.
 */
final class HonestSenders {

	private static final int PADDING = 1_000;

	private static final Duration PAUSE = Duration.ofMillis(5);

	private static final List<String> PROBES = List.of("liveness", "readiness");

	private static final AtomicInteger numbers = new AtomicInteger();

	private final int port;

	private final List<Long> nanos = new ArrayList<>();

	private final List<String> failures = new ArrayList<>();

	private HonestSenders(int port) {
		this.port = port;
	}

	static HonestSenders of(ServiceProcess service) {
		return new HonestSenders(service.port());
	}

	void post(Duration duration) {
		long end = System.nanoTime() + duration.toNanos();
		for (int i = 0; System.nanoTime() - end < 0; i++) {
			String contact = "honest" + numbers.incrementAndGet() + "x".repeat(PADDING);
			long began = System.nanoTime();
			send("post", RawConnection.post("/webhooks/" + Launch.TOKEN, new Posted(contact, i).json()));
			this.nanos.add(System.nanoTime() - began);
			if (i % 10 == 0) {
				PROBES.forEach((probe) -> send(probe,
						"GET /actuator/health/" + probe + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
			}
			LockSupport.parkNanos(PAUSE.toNanos());
		}
	}

	// Asks for pages as an operator, since the first answer of a kind loads classes.
	void visit(String... paths) {
		for (String path : paths) {
			send(path, "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
		}
	}

	private void send(String what, String request) {
		try (RawConnection connection = new RawConnection(this.port)) {
			connection.send(request);
			String answer = connection.readAll();
			if (!answer.startsWith("HTTP/1.1 200")) {
				this.failures.add(what + ": " + answer.lines().findFirst().orElse("nothing"));
			}
		}
		catch (IOException ex) {
			this.failures.add(what + ": " + ex);
		}
	}

	List<String> failures() {
		return this.failures;
	}

	long p99Millis() {
		Collections.sort(this.nanos);
		return TimeUnit.NANOSECONDS.toMillis(this.nanos.get((int) (this.nanos.size() * 0.99)));
	}

}
