package io.pulsehook.inbox;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import io.pulsehook.inbox.commit.Writer;
import io.pulsehook.inbox.model.InboxUnavailableException;
import io.pulsehook.inbox.write.Settings;

/**
 * The settings that are stored in the database, so that all processes which use it agree
 * on them. An example is the token that is generated when none is configured.
 */
public final class SharedSettings {

	private final Writer writer;

	private final boolean shared;

	private final @Nullable SettingCopies copies;

	SharedSettings(Writer writer, boolean shared) {
		this(writer, shared, null);
	}

	private SharedSettings(Writer writer, boolean shared, @Nullable SettingCopies copies) {
		this.writer = writer;
		this.shared = shared;
		this.copies = copies;
	}

	/**
	 * Returns the same settings, which are also known while the database is away: a copy
	 * of each is kept in a file.
	 * @param directory the directory of the files, created if it is missing
	 * @return the settings
	 */
	public SharedSettings copiedTo(Path directory) {
		return new SharedSettings(this.writer, this.shared, new SettingCopies(directory));
	}

	/**
	 * Tells whether other processes may use the same database.
	 * @return {@code true} if so
	 */
	public boolean isShared() {
		return this.shared;
	}

	/**
	 * Tells whether the process may start while the database is away.
	 * @return {@code true} if so
	 */
	public boolean mayBeAway() {
		return this.writer.mayBeAway();
	}

	/**
	 * Stores a setting unless a process has stored it before. It is never changed again.
	 * @param name the name of the setting
	 * @param value the value to store if there is none
	 * @return the value that was stored first, which counts for all processes
	 * @throws InboxUnavailableException if it could not be stored, and there is no copy
	 * of a value that was stored before
	 */
	public String putIfAbsent(String name, String value) {
		SettingCopies known = this.copies;
		if (known == null) {
			return store(name, value);
		}
		try {
			String agreed = store(name, value);
			known.keep(name, agreed);
			return agreed;
		}
		catch (InboxUnavailableException ex) {
			return known.find(name).orElseThrow(() -> ex);
		}
	}

	private String store(String name, String value) {
		return this.writer.submitAndWait((session) -> Settings.putIfAbsent(session, name, value));
	}

}
