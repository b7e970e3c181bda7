package io.pulsehook.inbox.write;

import java.sql.SQLException;

/**
 * Something to be written in the next group commit.
 *
 * @param <T> what it tells once it is on disk
 */
@FunctionalInterface
public interface Write<T> {

	T apply(Session session) throws SQLException;

	// Whether it only adds itself to what the session writes at once.
	default boolean batched() {
		return false;
	}

	// Whether nobody waits for an answer until it is written.
	default boolean mayLinger() {
		return false;
	}

}
