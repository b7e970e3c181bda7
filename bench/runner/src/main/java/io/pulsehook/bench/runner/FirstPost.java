package io.pulsehook.bench.runner;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A post by itself, over a socket: how soon a server answers shall not be the time that a
 * client takes to get going.
 */
final class FirstPost {

	private static final int PATIENCE_MILLIS = 10_000;

	private final InetSocketAddress address;

	FirstPost(int port) {
		this.address = new InetSocketAddress("127.0.0.1", port);
	}

	boolean isAnswered() {
		String body = "[{\"title\":\"open_chat\",\"service\":\"telegram\",\"date\":1790000000,\"contact\":{\"id\":\"c"
				+ System.nanoTime() + "\"}}]";
		String request = "POST /webhooks/" + Server.TOKEN + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
				+ "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
		try (Socket socket = new Socket()) {
			socket.connect(this.address, PATIENCE_MILLIS);
			socket.setSoTimeout(PATIENCE_MILLIS);
			socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
			byte[] status = socket.getInputStream().readNBytes("HTTP/1.1 200".length());
			return new String(status, StandardCharsets.US_ASCII).equals("HTTP/1.1 200");
		}
		catch (IOException ex) {
			return false;
		}
	}

}
