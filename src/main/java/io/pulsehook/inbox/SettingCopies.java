package io.pulsehook.inbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.pulsehook.files.Secrets;

/**
 * Copies of shared settings, each in a file that only its owner can read. A process that
 * starts while the database is away goes by them.
 */
final class SettingCopies {

	private static final Log logger = LogFactory.getLog(SettingCopies.class);

	private final Path directory;

	SettingCopies(Path directory) {
		this.directory = directory;
	}

	/**
	 * Finds what a setting was when it was last read from the database.
	 * @param name the name of the setting
	 * @return its value, or empty if there is no copy that can be read
	 */
	Optional<String> find(String name) {
		Path file = file(name);
		if (!Files.exists(file)) {
			return Optional.empty();
		}
		try {
			return Optional.of(Secrets.read(file));
		}
		catch (IOException ex) {
			logger.error("The copy of a setting in " + file + " cannot be read (" + ex.getClass().getName()
					+ "), so that it is unknown while the database is away. Let this process read it.");
			return Optional.empty();
		}
	}

	/**
	 * Keeps the value of a setting. If it cannot be written, the process goes on, and the
	 * log says what that means.
	 * @param name the name of the setting
	 * @param value its value in the database
	 */
	void keep(String name, String value) {
		Path file = file(name);
		try {
			if (!Files.exists(file) || !Secrets.read(file).equals(value)) {
				Secrets.write(file, value);
			}
		}
		catch (IOException ex) {
			logger.warn("The setting '" + name + "' cannot be copied to " + file + " (" + ex.getClass().getName()
					+ "), so that it is unknown at a start while the database is away. Let this process write there.");
		}
	}

	private Path file(String name) {
		return this.directory.resolve(name).toAbsolutePath().normalize();
	}

}
