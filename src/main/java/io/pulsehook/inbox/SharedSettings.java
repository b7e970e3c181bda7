package io.pulsehook.inbox;

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

	SharedSettings(Writer writer, boolean shared) {
		this.writer = writer;
		this.shared = shared;
	}

	/**
	 * Tells whether other processes may use the same database.
	 * @return {@code true} if so
	 */
	public boolean isShared() {
		return this.shared;
	}

	/**
	 * Stores a setting unless a process has stored it before. It is never changed again.
	 * @param name the name of the setting
	 * @param value the value to store if there is none
	 * @return the value that was stored first, which counts for all processes
	 * @throws InboxUnavailableException if it could not be stored
	 */
	public String putIfAbsent(String name, String value) {
		return this.writer.submitAndWait((session) -> Settings.putIfAbsent(session, name, value));
	}

}
