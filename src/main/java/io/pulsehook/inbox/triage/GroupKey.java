package io.pulsehook.inbox.triage;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import io.pulsehook.inbox.query.ErrorPattern;

/**
 * Identifies the dead letters of one handler whose errors look alike.
 *
 * @param handler the handler's id
 * @param hash the SHA-256 of what the errors have in common, in hexadecimal digits. The
 * text itself can quote a person, and must not outlive that person's erasure.
 */
public record GroupKey(String handler, String hash) {

	/**
	 * Returns the key of a group.
	 * @param handler the handler's id
	 * @param pattern what the errors have in common, see {@link ErrorPattern}
	 * @return the key
	 */
	public static GroupKey of(String handler, String pattern) {
		return new GroupKey(handler, HexFormat.of().formatHex(sha256(pattern)));
	}

	/**
	 * Returns the key of the group that a dead letter is in.
	 * @param handler the handler's id
	 * @param error the error of the letter in one line
	 * @return the key
	 */
	public static GroupKey ofError(String handler, String error) {
		return of(handler, ErrorPattern.of(error));
	}

	byte[] hashBytes() {
		return HexFormat.of().parseHex(this.hash);
	}

	private static byte[] sha256(String text) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

}
