package io.pulsehook.receive;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A SHA-256 digest over several parts. The length of each part goes in before the part,
 * so that two different lists of parts never give the same bytes.
 */
final class Sha256 {

	private final MessageDigest digest;

	Sha256() {
		try {
			this.digest = MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

	static byte[] of(String part) {
		return new Sha256().add(part).bytes();
	}

	Sha256 add(String part) {
		return add(part.getBytes(StandardCharsets.UTF_8));
	}

	Sha256 add(byte[] part) {
		add(part.length);
		this.digest.update(part);
		return this;
	}

	Sha256 add(int number) {
		this.digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(number).flip());
		return this;
	}

	/**
	 * Ends the digest.
	 * @return its 32 bytes; the next part starts a new one
	 */
	byte[] bytes() {
		return this.digest.digest();
	}

}
