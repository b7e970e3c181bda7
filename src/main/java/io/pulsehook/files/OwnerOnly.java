package io.pulsehook.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Creates files and directories that only their owner can read and write, where the file
 * system knows owners. They hold personal data and secrets.
 */
public final class OwnerOnly {

	private static final Log logger = LogFactory.getLog(OwnerOnly.class);

	private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");

	private static final Set<PosixFilePermission> DIRECTORY = PosixFilePermissions.fromString("rwx------");

	private OwnerOnly() {
	}

	/**
	 * Creates a directory, and those above it, if it is missing.
	 * @param directory the directory
	 * @throws IOException if it cannot be created
	 */
	public static void createDirectories(Path directory) throws IOException {
		// Ask first: Files.createDirectories fails on a link to a directory.
		if (!Files.isDirectory(directory)) {
			Files.createDirectories(directory, attributes(directory, DIRECTORY));
		}
	}

	/**
	 * Opens a file. If this creates the file, it is the owner's alone from the first
	 * moment, so that nobody else can open it before its permissions are set.
	 * @param file the file
	 * @param options how it is opened
	 * @return the open file
	 * @throws IOException if it cannot be opened
	 */
	public static FileChannel open(Path file, Set<? extends OpenOption> options) throws IOException {
		return FileChannel.open(file, options, attributes(file, FILE));
	}

	private static FileAttribute<?>[] attributes(Path path, Set<PosixFilePermission> permissions) {
		boolean known = path.getFileSystem().supportedFileAttributeViews().contains("posix");
		return known ? new FileAttribute<?>[] { PosixFilePermissions.asFileAttribute(permissions) }
				: new FileAttribute<?>[0];
	}

	/**
	 * Takes away the permissions that others have on a file. If that fails, a warning is
	 * logged.
	 * @param file the file, which may be missing
	 */
	public static void restrict(Path file) {
		PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
		if (view == null) {
			return;
		}
		try {
			Set<PosixFilePermission> own = EnumSet.copyOf(FILE);
			Set<PosixFilePermission> current = view.readAttributes().permissions();
			own.retainAll(current);
			if (!own.equals(current)) {
				view.setPermissions(own);
			}
		}
		catch (NoSuchFileException ex) {
			// A missing file gets the right permissions when it is created.
		}
		catch (IOException ex) {
			logger
				.warn("Others may be able to read '" + file + "', which has personal data or secrets: its permissions "
						+ "cannot be changed (" + ex + "). Give the file to the user that runs this process.");
		}
	}

}
