package io.pulsehook.inbox;

import io.pulsehook.inbox.commit.Writer;
import io.pulsehook.inbox.model.InboxUnavailableException;
import io.pulsehook.inbox.write.Settings;

/**
 * What all processes that use the same database agree on, such as a token that none of
 * them was configured with.
 */
public final class SharedSettings {

	private final Writer writer;

	private final boolean shared;

	SharedSettings(Writer writer, boolean shared) {
		this.writer = writer;
		this.shared = shared;
	}

	/**
	 * Whether there may be other processes that use the same database.
	 * @return {@code true} if so
	 */
	public boolean isShared() {
		return this.shared;
	}

	/**
	 * Stores a setting for good, unless a process has stored it before.
	 * @param name the name of the setting
	 * @param value what it becomes if nobody has set it
	 * @return what it is for all processes: the value that was stored first
	 * @throws InboxUnavailableException if it could not be stored
	 */
	public String putIfAbsent(String name, String value) {
		return this.writer.submitAndWait((session) -> Settings.putIfAbsent(session, name, value));
	}

}
