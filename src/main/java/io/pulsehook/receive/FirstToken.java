package io.pulsehook.receive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

import io.pulsehook.inbox.Inbox;

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

	/** What it is called in a database that replicas share. */
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
				return new FirstToken(Files.readString(file, StandardCharsets.US_ASCII).strip(), false);
			}
			Files.createDirectories(dataDirectory);
			return create(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The webhook token in " + file + " can be neither read nor written, so "
					+ "nothing could be received. Make the directory writable or set pulsehook.token.", ex);
		}
	}

	/**
	 * Agrees on a token with the other processes that share a database. What SendPulse
	 * posts to already is proposed first.
	 * @param inbox the database
	 * @param dataDirectory may have a token of the time before there was that database
	 * @return the token
	 * @throws UncheckedIOException if there is one that cannot be read
	 */
	public static FirstToken sharedThrough(Inbox inbox, Path dataDirectory) {
		if (Files.exists(dataDirectory.resolve(FILE))) {
			return new FirstToken(inbox.agree(SETTING, in(dataDirectory).value()), false);
		}
		String proposal = random();
		String agreed = inbox.agree(SETTING, proposal);
		return new FirstToken(agreed, agreed.equals(proposal));
	}

	// Moves the finished file into place: a crash leaves either no token or a whole one.
	private static FirstToken create(Path file) throws IOException {
		String token = random();
		Path unfinished = file.resolveSibling(FILE + ".new");
		Files.deleteIfExists(unfinished);
		try (FileChannel channel = FileChannel.open(unfinished,
				Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly(file))) {
			channel.write(ByteBuffer.wrap((token + "\n").getBytes(StandardCharsets.US_ASCII)));
			channel.force(true);
		}
		Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
		return new FirstToken(token, true);
	}

	private static String random() {
		byte[] bytes = new byte[BYTES];
		new SecureRandom().nextBytes(bytes);
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

	private static FileAttribute<?>[] ownerOnly(Path file) {
		if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
			return new FileAttribute<?>[0];
		}
		return new FileAttribute<?>[] {
				PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")) };
	}

	/**
	 * Leaves the token out, as this is what ends up in logs.
	 */
	@Override
	public String toString() {
		return "FirstToken[created=" + this.created + "]";
	}

}
