package io.pulsehook.destination.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpResponse;

/**
 * What another system answered.
 *
 * @param status the status
 * @param headers the headers
 * @param start the first bytes of the body, as far as they came
 * @param whole whether these are all
 */
record Answer(HttpStatusCode status, HttpHeaders headers, byte[] start, boolean whole) {

	/** How much of a body is kept. */
	static final int KEPT = 4 * 1024;

	/**
	 * How much of a body is read, so that the connection can be used again. It costs less
	 * to make a new connection than to read more.
	 */
	static final int READ = 64 * 1024;

	/**
	 * How long a body is read. The status is known by then, and a body that trickles
	 * would hold the thread for no purpose.
	 */
	static final Duration LONGEST_READ = Duration.ofSeconds(2);

	private static final int BUFFER = 8 * 1024;

	/**
	 * Reads an answer. A body that breaks off is no failure: what came of it is kept.
	 */
	static Answer read(ClientHttpResponse response) throws IOException {
		HttpStatusCode status = response.getStatusCode();
		ByteArrayOutputStream start = new ByteArrayOutputStream();
		boolean ended = readBody(response, start);
		return new Answer(status, response.getHeaders(), start.toByteArray(), ended && start.size() < KEPT);
	}

	private static boolean readBody(ClientHttpResponse response, ByteArrayOutputStream start) {
		// The body is closed here as well, because the response would first read it to
		// its end.
		try (InputStream body = response.getBody()) {
			return copy(body, start);
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static boolean copy(InputStream body, ByteArrayOutputStream start) throws IOException {
		byte[] buffer = new byte[BUFFER];
		long began = System.nanoTime();
		int total = 0;
		while (total < READ && System.nanoTime() - began < LONGEST_READ.toNanos()) {
			int count = body.read(buffer);
			if (count < 0) {
				return true;
			}
			total += count;
			start.write(buffer, 0, Math.min(count, KEPT - start.size()));
		}
		return false;
	}

	/**
	 * Returns the first bytes as text, in the charset that the answer names or else in
	 * UTF-8.
	 */
	String text() {
		return new String(this.start, charset());
	}

	private Charset charset() {
		try {
			MediaType type = this.headers.getContentType();
			Charset named = (type != null) ? type.getCharset() : null;
			return (named != null) ? named : StandardCharsets.UTF_8;
		}
		catch (InvalidMediaTypeException ex) {
			return StandardCharsets.UTF_8;
		}
	}

}
