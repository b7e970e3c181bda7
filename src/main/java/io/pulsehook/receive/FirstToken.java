package io.pulsehook.receive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.pulsehook.files.Secrets;
import io.pulsehook.inbox.SharedSettings;

/**
 * The token of a service that was started without one: made once, and kept in the data
 * directory where only the service's user can read it, or in a database that replicas
 * share.
 *
 * @param value the token
 * @param created whether it was made just now, so that nobody has seen it yet
 */
public record FirstToken(String value, boolean created) {

	/** The name of the file that has it. */
	public static final String FILE = "webhook-token";

	/** The name of the setting that has it in a database that replicas share. */
	public static final String SETTING = "webhook-token";

	private static final int BYTES = 32;

	/**
	 * Reads the token of a data directory, or makes it.
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
	 * Agrees on a token with the other processes that share a database. What SendPulse
	 * posts to already is proposed first.
	 * @param settings what those processes agree on
	 * @param dataDirectory may have a token of the time before there was that database
	 * @return the token
	 * @throws UncheckedIOException if there is one that cannot be read
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
	 * Leaves the token out, as this is what ends up in logs.
	 */
	@Override
	public String toString() {
		return "FirstToken[created=" + this.created + "]";
	}

}
