package io.pulsehook.receive;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A connection that sends exactly what it is told to: a client library would correct the
 * very things that are tested. It fails if a reply contains the token.
 */
final class RawHttp implements AutoCloseable {

	private static final int PATIENCE = 10_000;

	private final Socket socket;

	RawHttp(int port) throws IOException {
		this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
		this.socket.setSoTimeout(PATIENCE);
		this.socket.setTcpNoDelay(true);
	}

	RawHttp send(String text) throws IOException {
		return send(text.getBytes(StandardCharsets.UTF_8));
	}

	RawHttp send(byte[] bytes) throws IOException {
		this.socket.getOutputStream().write(bytes);
		this.socket.getOutputStream().flush();
		return this;
	}

	RawHttp endOutput() throws IOException {
		this.socket.shutdownOutput();
		return this;
	}

	Reply read() throws IOException {
		return read(true);
	}

	Reply readWithoutBody() throws IOException {
		return read(false);
	}

	private Reply read(boolean withBody) throws IOException {
		int status = Integer.parseInt(line().split(" ")[1]);
		Map<String, String> headers = new TreeMap<>();
		for (String line = line(); !line.isEmpty(); line = line()) {
			int colon = line.indexOf(':');
			headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
		}
		int length = withBody ? Integer.parseInt(headers.getOrDefault("content-length", "0")) : 0;
		Reply reply = new Reply(status, headers,
				new String(this.socket.getInputStream().readNBytes(length), StandardCharsets.UTF_8));
		assertThat(reply.toString()).doesNotContain(EdgeServer.TOKEN);
		return reply;
	}

	// Sends a text that the server may refuse before all of it is sent.
	RawHttp trySend(String text) throws IOException {
		try {
			return send(text);
		}
		catch (SocketException ex) {
			return this;
		}
	}

	// Reads the status of a reply, or returns 0 if the server closed without one.
	int readStatusOrEnd() throws IOException {
		try {
			String line = line();
			return line.startsWith("HTTP/") ? Integer.parseInt(line.split(" ")[1]) : -1;
		}
		catch (EOFException | SocketException ex) {
			return 0;
		}
	}

	boolean isClosedByServer() throws IOException {
		return this.socket.getInputStream().read() < 0;
	}

	private String line() throws IOException {
		InputStream in = this.socket.getInputStream();
		StringBuilder line = new StringBuilder();
		for (int next = in.read(); next != '\n'; next = in.read()) {
			if (next < 0) {
				throw new EOFException("The server closed the connection after '" + line + "'");
			}
			line.append((char) next);
		}
		return line.toString().strip();
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
