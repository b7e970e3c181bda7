package io.pulsehook.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.pulsehook.files.Secrets;
import io.pulsehook.inbox.SharedSettings;
import io.pulsehook.inbox.model.InboxUnavailableException;

/**
 * The password of a service for which none is configured. It is generated and logged
 * once, and kept as a hash only, in the data directory or in the database that replicas
 * share.
 */
final class FirstPassword {

	static final String FILE = "console-password";

	private static final Log logger = LogFactory.getLog(FirstPassword.class);

	private static final int BYTES = 15;

	private final String user;

	private final Passwords passwords;

	FirstPassword(String user, Passwords passwords) {
		this.user = user;
		this.passwords = passwords;
	}

	/**
	 * Returns the encoded password from a data directory, or generates one and writes it
	 * there.
	 */
	String in(Path dataDirectory) {
		Path file = dataDirectory.resolve(FILE);
		try {
			if (Files.exists(file)) {
				tellOfFormer("Delete " + file.toAbsolutePath().normalize() + " to get a new one");
				return Secrets.read(file);
			}
			String password = Secrets.random(BYTES);
			String encoded = encode(password);
			Secrets.write(file, encoded);
			tell(password);
			return encoded;
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The password in " + file + " can be neither read nor written, so nobody "
					+ "could log in. Make the directory writable or set spring.security.user.password.", ex);
		}
	}

	/**
	 * Returns the encoded password that all replicas agree on. While the database that
	 * has it may be away and is, a password for this process alone takes its place unless
	 * it is known from before.
	 */
	String sharedThrough(SharedSettings settings) {
		String password = Secrets.random(BYTES);
		String proposal = encode(password);
		try {
			return agreed(settings, password, proposal);
		}
		catch (InboxUnavailableException ex) {
			if (!settings.mayBeAway()) {
				throw ex;
			}
			logger.info("Log in to the console as '" + this.user + "' with the password " + password
					+ " until the next start. The one that was logged at the first start is in the database, which is "
					+ "away. Set spring.security.user.password to have one that lasts.");
			return proposal;
		}
	}

	private String agreed(SharedSettings settings, String password, String proposal) {
		String agreed = settings.putIfAbsent(FILE, proposal);
		if (agreed.equals(proposal)) {
			tell(password);
		}
		else {
			tellOfFormer("Delete '" + FILE + "' from the table pulsehook_setting to get a new one");
		}
		return agreed;
	}

	private String encode(String password) {
		return String.valueOf(this.passwords.encode(password));
	}

	private void tell(String password) {
		logger.info("Log in to the console as '" + this.user + "' with the password " + password
				+ " (logged this once, and kept as a hash only).");
	}

	private void tellOfFormer(String renewal) {
		logger.info("The password of '" + this.user + "' is the one that was logged at the first start. " + renewal
				+ ", or set spring.security.user.password.");
	}

}
