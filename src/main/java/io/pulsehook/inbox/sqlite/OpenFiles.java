package io.pulsehook.inbox.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * Tells whether files are still those that were opened. A deleted file goes on to accept
 * writes without an error and disappears when the process ends.
 */
final class OpenFiles {

	private final Map<Path, Optional<Object>> keys = new TreeMap<>();

	/**
	 * Remembers which files lie at some paths now.
	 * @param files the paths
	 * @return the files
	 * @throws IOException if one is missing
	 */
	static OpenFiles of(Path... files) throws IOException {
		OpenFiles open = new OpenFiles();
		for (Path file : files) {
			open.keys.put(file, Optional.ofNullable(key(file)));
		}
		return open;
	}

	/**
	 * Finds a file that was deleted or replaced since.
	 * @return the first one, or {@code null} if all are in their places
	 */
	@Nullable Path findLost() {
		for (Map.Entry<Path, Optional<Object>> file : this.keys.entrySet()) {
			if (!isInPlace(file.getKey(), file.getValue().orElse(null))) {
				return file.getKey();
			}
		}
		return null;
	}

	// Takes a file that cannot be looked at for lost: the next start cannot open it.
	private static boolean isInPlace(Path file, @Nullable Object key) {
		try {
			return Objects.equals(key, key(file));
		}
		catch (IOException ex) {
			return false;
		}
	}

	// Returns null where the file system has no identity of files.
	private static @Nullable Object key(Path file) throws IOException {
		return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
	}

}
