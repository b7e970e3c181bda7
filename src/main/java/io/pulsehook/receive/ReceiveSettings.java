package io.pulsehook.receive;

import java.time.Duration;

import org.springframework.util.Assert;
import org.springframework.util.unit.DataSize;

/**
 * Where webhooks are received, and how large, full and slow a body may be.
 *
 * @param basePath what precedes {@code /webhooks}, such as {@code /pulsehook}, or an
 * empty string; without a slash at its end
 * @param maxBodySize the largest body that is read
 * @param maxElements how many elements a body may have
 * @param readTimeout how long a body may take to arrive, from the first byte to the last
 * @param bodyBuffer the memory that all large bodies may take together while they arrive;
 * half of it, divided by the size of a small body, is the number of slow senders that are
 * waited for, which is at least 16
 * @param allowed the addresses from which webhooks are accepted
 */
public record ReceiveSettings(String basePath, DataSize maxBodySize, int maxElements, Duration readTimeout,
		DataSize bodyBuffer, AllowedAddresses allowed) {

	/** The JVM cannot make a larger array. */
	private static final long LARGEST = Integer.MAX_VALUE - 8;

	public ReceiveSettings {
		Assert.isTrue(basePath.isEmpty() || (basePath.startsWith("/") && !basePath.endsWith("/")),
				() -> "The base path is '" + basePath + "'. It must be empty or start, and not end, with a slash.");
		Assert.isTrue(maxBodySize.toBytes() > 0 && maxBodySize.toBytes() < LARGEST,
				() -> "The largest body is " + maxBodySize + ". It must be between 1B and " + LARGEST + "B.");
		Assert.isTrue(maxElements > 0, () -> "The limit of elements is " + maxElements + ". It must be one or more.");
		Assert.isTrue(readTimeout.toMillis() > 0,
				() -> "The read timeout is " + readTimeout + ". It must be a millisecond or more.");
		Assert.isTrue(bodyBuffer.toBytes() >= maxBodySize.toBytes(),
				() -> "The buffer of all bodies is " + bodyBuffer + ". It must hold one of " + maxBodySize + ".");
	}

	/**
	 * How many bodies may wait for their senders at a time.
	 * @return the number of places
	 */
	int slowBodies() {
		return (int) Math.min(Integer.MAX_VALUE, Math.max(16, this.bodyBuffer.toBytes() / (2L * BodyBuffer.FREE)));
	}

	/**
	 * The path, within the application, to which the events of a token are sent.
	 * @param token the token, or {@code *} for the pattern that matches all of them
	 * @return the path
	 */
	public String path(String token) {
		return this.basePath + "/webhooks/" + token;
	}

}
