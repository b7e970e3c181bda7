package io.pulsehook.receive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.pulsehook.files.Secrets;
import io.pulsehook.inbox.SharedSettings;

/**
 * The token of a service for which none is configured. It is generated once, and kept in
 * a file of the data directory that only the service's user can read, or in the database
 * that replicas share.
 *
 * @param value the token
 * @param created whether it was made just now, so that nobody has seen it yet
 */
public record FirstToken(String value, boolean created) {

	/** The name of the file in the data directory that holds the token. */
	public static final String FILE = "webhook-token";

	/** The name of the setting that holds the token in a shared database. */
	public static final String SETTING = "webhook-token";

	private static final int BYTES = 32;

	/**
	 * Reads the token from a data directory, or generates one and writes it there.
	 * @param dataDirectory the directory, created if it is missing
	 * @return the token
	 * @throws UncheckedIOException if it can neither be read nor written
	 */
	public static FirstToken in(Path dataDirectory) {
		Path file = dataDirectory.resolve(FILE);
		try {
			if (Files.exists(file)) {
				return new FirstToken(Secrets.read(file), false);
			}
			String token = Secrets.random(BYTES);
			Secrets.write(file, token);
			return new FirstToken(token, true);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The webhook token in " + file + " can be neither read nor written, so "
					+ "nothing could be received. Make the directory writable or set pulsehook.token.", ex);
		}
	}

	/**
	 * Agrees on a token with the other processes that share a database. A token in the
	 * data directory is proposed before a new one, because SendPulse may post to it
	 * already.
	 * @param settings the settings that those processes share
	 * @param dataDirectory the data directory, which may hold a token from before the
	 * database was shared
	 * @return the token
	 * @throws UncheckedIOException if the directory has a token that cannot be read
	 */
	public static FirstToken sharedThrough(SharedSettings settings, Path dataDirectory) {
		if (Files.exists(dataDirectory.resolve(FILE))) {
			return new FirstToken(settings.putIfAbsent(SETTING, in(dataDirectory).value()), false);
		}
		String proposal = Secrets.random(BYTES);
		String agreed = settings.putIfAbsent(SETTING, proposal);
		return new FirstToken(agreed, agreed.equals(proposal));
	}

	/**
	 * Leaves the token out, because this text may end up in a log.
	 */
	@Override
	public String toString() {
		return "FirstToken[created=" + this.created + "]";
	}

}
