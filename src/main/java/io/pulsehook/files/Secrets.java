package io.pulsehook.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/**
 * Generates secrets, and keeps them in files that only their owner can read.
 */
public final class Secrets {

	private Secrets() {
	}

	/**
	 * Generates a secret that nobody can guess.
	 * @param bytes how many random bytes it has
	 * @return the bytes in the Base64 that is safe in addresses, without padding
	 */
	public static String random(int bytes) {
		byte[] random = new byte[bytes];
		new SecureRandom().nextBytes(random);
		return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
	}

	/**
	 * Reads the secret in a file, without the line end that an editor may have added.
	 * Before that, others lose their permissions on the file, where the file system knows
	 * owners.
	 * @param file a file that is there
	 * @return its text
	 * @throws IOException if it cannot be read
	 */
	public static String read(Path file) throws IOException {
		OwnerOnly.restrict(file);
		return Files.readString(file, StandardCharsets.US_ASCII).strip();
	}

	/**
	 * Writes a file that only its owner can read, where the file system knows owners. It
	 * is moved into place when it is complete, so that a crash leaves either no file or a
	 * whole one.
	 * @param file the file, in a directory that is created if it is missing
	 * @param text its text, a line of ASCII
	 * @throws IOException if it cannot be written
	 */
	public static void write(Path file, String text) throws IOException {
		OwnerOnly.createDirectories(file.resolveSibling(""));
		Path unfinished = file.resolveSibling(file.getFileName() + ".new");
		Files.deleteIfExists(unfinished);
		try (FileChannel channel = OwnerOnly.open(unfinished,
				Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
			channel.write(ByteBuffer.wrap((text + "\n").getBytes(StandardCharsets.US_ASCII)));
			channel.force(true);
		}
		Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
	}

}
