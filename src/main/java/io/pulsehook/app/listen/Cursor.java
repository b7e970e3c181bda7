package io.pulsehook.app.listen;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * Keeps in a file which event was handed on last, so that the next run continues after
 * it.
 */
final class Cursor {

	private final Path file;

	Cursor(Path file) {
		this.file = file.toAbsolutePath();
	}

	/**
	 * The file to use unless another one is asked for.
	 * @param from the service whose events are handed on
	 * @param to where they are handed on to
	 * @return a file below the user's home directory, a different one for each pair of
	 * the two
	 */
	static Path defaultFile(URI from, URI to) {
		String name = (from.getAuthority() + from.getPath() + "-" + to.getAuthority()).replaceAll("[^A-Za-z0-9.-]", "_")
				+ ".cursor";
		return Path.of(System.getProperty("user.home"), ".pulsehook", name);
	}

	OptionalLong read() {
		try {
			return Files.exists(this.file) ? OptionalLong.of(Long.parseLong(Files.readString(this.file).strip()))
					: OptionalLong.empty();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The cursor in " + this.file + " cannot be read.", ex);
		}
		catch (NumberFormatException ex) {
			throw new ListenException("The cursor in " + this.file + " is no number.",
					"Delete the file to begin with the events that arrive from now on.");
		}
	}

	/**
	 * Writes the id of an event. If the process is killed meanwhile, the file has the
	 * former or the new id, never a part of one.
	 * @param id the event that has been handed on
	 */
	void write(long id) {
		try {
			Path next = this.file.resolveSibling(this.file.getFileName() + ".next");
			Files.createDirectories(Objects.requireNonNull(next.getParent()));
			Files.writeString(next, Long.toString(id));
			Files.move(next, this.file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The cursor cannot be kept in " + this.file
					+ ", so the next run would repeat events. Choose another file with --cursor.", ex);
		}
	}

	@Override
	public String toString() {
		return this.file.toString();
	}

}
