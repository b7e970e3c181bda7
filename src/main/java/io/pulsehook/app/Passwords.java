package io.pulsehook.app;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Checks passwords. A check is slow by intention, so only a few run at a time. The
 * password that was right last is recognised without a check, because a program sends it
 * with each request.
 */
final class Passwords implements PasswordEncoder {

	private static final int KEY_BYTES = 32;

	private static final Duration PATIENCE = Duration.ofSeconds(2);

	private final PasswordEncoder encoder;

	private final Semaphore room = new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));

	private final byte[] key = new byte[KEY_BYTES];

	private volatile byte @Nullable [] lastRight;

	Passwords() {
		this(PasswordEncoderFactories.createDelegatingPasswordEncoder());
	}

	Passwords(PasswordEncoder encoder) {
		this.encoder = encoder;
		new SecureRandom().nextBytes(this.key);
	}

	/**
	 * Reads a configured password the way Spring Boot does: plain, or with the algorithm
	 * before it.
	 */
	static String configured(String password) {
		return password.matches("^\\{.+}.*$") ? password : "{noop}" + password;
	}

	@Override
	public @Nullable String encode(@Nullable CharSequence password) {
		return this.encoder.encode(password);
	}

	@Override
	public boolean matches(@Nullable CharSequence password, @Nullable String encoded) {
		if (password == null || encoded == null) {
			return false;
		}
		if (wasRightLast(password, encoded)) {
			return true;
		}
		boolean right = check(password, encoded);
		if (right) {
			this.lastRight = fingerprint(password, encoded);
		}
		return right;
	}

	/**
	 * Tells at once, without the slow check, whether a password is the one that was right
	 * last.
	 * @param password what somebody sent
	 * @param encoded what it is compared with
	 * @return whether it is; if not, it can still be right
	 */
	boolean wasRightLast(CharSequence password, String encoded) {
		return MessageDigest.isEqual(fingerprint(password, encoded), this.lastRight);
	}

	/**
	 * Returns an encoder that also serves logins of unknown users. What they send is
	 * compared with a decoy, so that the time does not tell which users exist. The decoy
	 * has to be encoded like a real password, or the comparison would take another time.
	 * @param encoded the encoded password of a known user, which is taken as the decoy
	 * @return an encoder that returns the decoy for whatever it encodes
	 */
	PasswordEncoder withDecoy(String encoded) {
		return new PasswordEncoder() {

			@Override
			public String encode(@Nullable CharSequence password) {
				return encoded;
			}

			@Override
			public boolean matches(@Nullable CharSequence password, @Nullable String other) {
				return Passwords.this.matches(password, other);
			}

		};
	}

	private boolean check(CharSequence password, String encoded) {
		if (!enter()) {
			throw new TooManyLoginsException(PATIENCE);
		}
		try {
			return this.encoder.matches(password, encoded);
		}
		finally {
			this.room.release();
		}
	}

	private boolean enter() {
		try {
			return this.room.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	// The hash is keyed, so that it is of no use to somebody who finds it in a dump of
	// the memory without the key.
	private byte[] fingerprint(CharSequence password, String encoded) {
		try {
			Mac mac = Mac.getInstance("HmacSHA256");
			mac.init(new SecretKeySpec(this.key, "HmacSHA256"));
			return mac.doFinal((password + "\n" + encoded).getBytes(StandardCharsets.UTF_8));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Every JVM has HmacSHA256", ex);
		}
	}

}
