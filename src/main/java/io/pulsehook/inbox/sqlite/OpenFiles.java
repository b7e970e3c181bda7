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
 * Files as they were when they were opened. One that is deleted goes on to take what is
 * written into it, and is gone with the process: no write tells.
 */
final class OpenFiles {

	private final Map<Path, Optional<Object>> keys = new TreeMap<>();

	// Remembers which files they are now; none may be missing.
	static OpenFiles of(Path... files) throws IOException {
		OpenFiles open = new OpenFiles();
		for (Path file : files) {
			open.keys.put(file, Optional.ofNullable(key(file)));
		}
		return open;
	}

	// The first that is not in its place any more, or null.
	@Nullable Path findLost() {
		for (Map.Entry<Path, Optional<Object>> file : this.keys.entrySet()) {
			if (!isInPlace(file.getKey(), file.getValue().orElse(null))) {
				return file.getKey();
			}
		}
		return null;
	}

	// What cannot be looked at cannot be found at the next start either.
	private static boolean isInPlace(Path file, @Nullable Object key) {
		try {
			return Objects.equals(key, key(file));
		}
		catch (IOException ex) {
			return false;
		}
	}

	// Null where the file system does not tell files apart.
	private static @Nullable Object key(Path file) throws IOException {
		return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
	}

}
