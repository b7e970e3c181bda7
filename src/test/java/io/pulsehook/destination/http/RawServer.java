package io.pulsehook.destination.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A server that reads a request and then does what no HTTP server does.
 */
public final class RawServer implements AutoCloseable {

	private final ServerSocket server;

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final CountDownLatch closed = new CountDownLatch(1);

	private final AtomicLong written = new AtomicLong();

	private final AtomicInteger hung = new AtomicInteger();

	private volatile boolean reading = true;

	private volatile Conduct conduct = (socket, request) -> {
	};

	public RawServer() {
		try {
			this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.threads.execute(this::accept);
	}

	public URI url(String scheme) {
		return URI.create(scheme + "://127.0.0.1:" + this.server.getLocalPort() + "/hook");
	}

	/**
	 * Answers with these characters and closes the connection.
	 */
	public void answer(String text) {
		this.conduct = (socket, request) -> write(socket, text);
	}

	/**
	 * Answers with these characters and then with nothing more, but keeps the connection.
	 */
	public void answerAndHang(String text) {
		this.conduct = (socket, request) -> {
			write(socket, text);
			this.hung.incrementAndGet();
			this.closed.await();
		};
	}

	/**
	 * Answers with these characters and then with one character after the other, without
	 * end.
	 */
	public void answerAndTrickle(String text) {
		this.conduct = (socket, request) -> {
			write(socket, text);
			while (!this.closed.await(20, TimeUnit.MILLISECONDS)) {
				write(socket, "x");
			}
		};
	}

	/**
	 * Answers with these characters and then with so many bytes.
	 */
	public void answerWith(String text, int bytes) {
		this.conduct = (socket, request) -> {
			write(socket, text);
			byte[] block = "y".repeat(1024).getBytes(StandardCharsets.US_ASCII);
			for (int i = 0; i < bytes / block.length; i++) {
				socket.getOutputStream().write(block);
				this.written.addAndGet(block.length);
			}
		};
	}

	/**
	 * Answers with these characters before there is a request.
	 */
	public void answerAtOnce(String text) {
		this.reading = false;
		answer(text);
	}

	/**
	 * Answers with these characters and the whole request, and closes the connection.
	 */
	public void echo(String text) {
		this.conduct = (socket, request) -> write(socket, text + request);
	}

	/**
	 * Resets the connection.
	 */
	public void reset() {
		this.conduct = (socket, request) -> socket.setSoLinger(true, 0);
	}

	/**
	 * Returns how many requests were left hanging.
	 */
	public int hung() {
		return this.hung.get();
	}

	/**
	 * Returns how many bytes were taken after the beginning of an answer.
	 */
	public long written() {
		return this.written.get();
	}

	private static void write(Socket socket, String text) throws IOException {
		OutputStream out = socket.getOutputStream();
		out.write(text.getBytes(StandardCharsets.ISO_8859_1));
		out.flush();
	}

	private void accept() {
		try {
			while (true) {
				Socket socket = this.server.accept();
				this.threads.execute(() -> serve(socket));
			}
		}
		catch (IOException ex) {
			// The server was closed.
		}
	}

	private void serve(Socket socket) {
		try (socket) {
			this.conduct.follow(socket, this.reading ? read(socket) : "");
		}
		catch (IOException ex) {
			// The client has closed the connection.
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static String read(Socket socket) throws IOException {
		BufferedReader in = new BufferedReader(
				new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
		StringBuilder request = new StringBuilder();
		int length = 0;
		for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
			request.append(line).append('\n');
			if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
				length = Integer.parseInt(line.substring(line.indexOf(':') + 1).trim());
			}
		}
		for (int i = 0; i < length; i++) {
			request.append((char) in.read());
		}
		return request.toString();
	}

	@Override
	public void close() {
		this.closed.countDown();
		try {
			this.server.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.threads.shutdownNow();
	}

	@FunctionalInterface
	private interface Conduct {

		void follow(Socket socket, String request) throws IOException, InterruptedException;

	}

}
