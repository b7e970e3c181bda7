package io.pulsehook.process;

import java.nio.charset.StandardCharsets;

/**
 * What a crowd of clients does, each on a connection of its own: it sends the beginning
 * of a request, and then more without end, or nothing.
 */
enum Attack {

	LARGE_FORMS(8, head("PUT", "/x", form("Content-Length: 100000000")), "a".repeat(65_536), true),

	FORMS_WITHOUT_END(8, head("PATCH", "/x", form("Transfer-Encoding: chunked")),
			"10000\r\n" + "a".repeat(65_536) + "\r\n", true),

	UPLOADS(30,
			head("POST", "/console/login", "Content-Type: multipart/form-data; boundary=B", "Content-Length: 100000000")
					+ "--B\r\nContent-Disposition: form-data; name=\"f\"; filename=\"f\"\r\n\r\n",
			"a".repeat(65_536), true),

	GUESSED_TOKENS(2_600, head("POST", "/webhooks/not-a-token", "Content-Length: 1000") + "{", "", true),

	HALF_LOGINS(2_200, head("POST", "/console/login", form("Content-Length: 1000")) + "u", "", true),

	QUESTIONS_WITH_BODIES(600, head("OPTIONS", "*", "Content-Length: 1000") + "u", "", true),

	HALF_WEBHOOKS(240, head("POST", "/webhooks/" + Launch.TOKEN, "Content-Length: 1000000") + "[", "", true),

	LARGE_WEBHOOKS(60, head("POST", "/webhooks/" + Launch.TOKEN, "Content-Length: 1000000") + "[" + " ".repeat(600_000),
			"", true),

	LARGE_EVENTS(60,
			head("POST", "/api/events", "Authorization: Basic eDp4", "Content-Length: 1000000") + "["
					+ " ".repeat(999_000),
			"", true),

	HALF_HEADS(1_000, "POST /webhooks/" + Launch.TOKEN + " HTTP/1.1\r\nHost: loc", "", true),

	UNREAD_ANSWERS(250, head("GET", "/console/assets/chart.umd.min.js"), "", false);

	private final int connections;

	private final byte[] beginning;

	private final byte[] more;

	private final boolean reads;

	Attack(int connections, String beginning, String more, boolean reads) {
		this.connections = connections;
		this.beginning = beginning.getBytes(StandardCharsets.ISO_8859_1);
		this.more = more.getBytes(StandardCharsets.ISO_8859_1);
		this.reads = reads;
	}

	private static String head(String method, String path, String... headers) {
		return method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n"
				+ ((headers.length > 0) ? String.join("\r\n", headers) + "\r\n" : "") + "\r\n";
	}

	private static String form(String header) {
		return "Content-Type: application/x-www-form-urlencoded\r\n" + header;
	}

	int connections() {
		return this.connections;
	}

	byte[] beginning() {
		return this.beginning;
	}

	// Returns what a client sends next, possibly nothing.
	byte[] more() {
		return this.more;
	}

	// Whether clients read the answers.
	boolean reads() {
		return this.reads;
	}

}
