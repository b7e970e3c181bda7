package io.pulsehook.process;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A connection that sends exactly the bytes it is given, also those that no HTTP client
 * would send.
 */
final class RawConnection implements AutoCloseable {

	private static final int TIMEOUT_MILLIS = 30_000;

	private final Socket socket = new Socket();

	// Connects, or fails with a ConnectException if nobody listens.
	RawConnection(int port) throws IOException {
		this.socket.setSoTimeout(TIMEOUT_MILLIS);
		this.socket.connect(new InetSocketAddress("127.0.0.1", port), TIMEOUT_MILLIS);
	}

	static String post(String path, String body, String... headers) {
		StringBuilder request = new StringBuilder("POST " + path + " HTTP/1.1\r\nHost: localhost\r\n");
		request.append("Content-Type: application/json\r\nConnection: close\r\n");
		for (String header : headers) {
			request.append(header).append("\r\n");
		}
		int length = body.getBytes(StandardCharsets.UTF_8).length;
		return request.append("Content-Length: ").append(length).append("\r\n\r\n").append(body).toString();
	}

	void send(String text) throws IOException {
		this.socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
	}

	// Reads up to an empty line.
	String readHead() throws IOException {
		StringBuilder head = new StringBuilder();
		while (!head.toString().endsWith("\r\n\r\n")) {
			int next = this.socket.getInputStream().read();
			if (next < 0) {
				return head.toString();
			}
			head.append((char) next);
		}
		return head.toString();
	}

	// Reads until the server closes.
	String readAll() throws IOException {
		return new String(this.socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
