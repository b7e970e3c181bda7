package io.pulsehook.app;

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

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.pulsehook.inbox.Inbox;

/**
 * The password of a service that was started without one: made and told once, and kept as
 * a hash, in the data directory or in a database that replicas share.
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

	// The encoded password of a data directory.
	String in(Path dataDirectory) {
		Path file = dataDirectory.resolve(FILE);
		try {
			if (Files.exists(file)) {
				tellOfFormer("Delete " + file.toAbsolutePath().normalize() + " to get a new one");
				return Files.readString(file, StandardCharsets.US_ASCII).strip();
			}
			Files.createDirectories(dataDirectory);
			return create(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The password in " + file + " can be neither read nor written, so nobody "
					+ "could log in. Make the directory writable or set spring.security.user.password.", ex);
		}
	}

	// The encoded password that replicas agree on.
	String sharedThrough(Inbox inbox) {
		String password = random();
		String proposal = encode(password);
		String agreed = inbox.agree(FILE, proposal);
		if (agreed.equals(proposal)) {
			tell(password);
		}
		else {
			tellOfFormer("Delete '" + FILE + "' from the table pulsehook_setting to get a new one");
		}
		return agreed;
	}

	// Moves the finished file into place: a crash leaves either none or a whole one.
	private String create(Path file) throws IOException {
		String password = random();
		String encoded = encode(password);
		Path unfinished = file.resolveSibling(FILE + ".new");
		Files.deleteIfExists(unfinished);
		try (FileChannel channel = FileChannel.open(unfinished,
				Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly(file))) {
			channel.write(ByteBuffer.wrap((encoded + "\n").getBytes(StandardCharsets.US_ASCII)));
			channel.force(true);
		}
		Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
		tell(password);
		return encoded;
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

}
