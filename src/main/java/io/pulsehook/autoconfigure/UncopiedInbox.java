package io.pulsehook.autoconfigure;

import java.nio.file.Path;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.dao.DataAccessException;

import io.pulsehook.inbox.InboxCopy;
import io.pulsehook.inbox.SharedSettings;
import io.pulsehook.inbox.query.EventFilter;
import io.pulsehook.inbox.query.StoredEvents;

/**
 * Warns when a service was moved to PostgreSQL without copying its SQLite database: the
 * unfinished deliveries there would silently never run.
 */
final class UncopiedInbox implements SmartInitializingSingleton {

	private static final Log logger = LogFactory.getLog(UncopiedInbox.class);

	private final Path directory;

	private final SharedSettings settings;

	private final StoredEvents events;

	UncopiedInbox(Path directory, SharedSettings settings, StoredEvents events) {
		this.directory = directory.toAbsolutePath().normalize();
		this.settings = settings;
		this.events = events;
	}

	@Override
	public void afterSingletonsInstantiated() {
		if (!this.settings.isShared() || !InboxCopy.isPossible(this.directory)) {
			return;
		}
		try {
			warnIfPostgresqlIsEmpty();
		}
		catch (DataAccessException ex) {
			if (!this.settings.mayBeAway()) {
				throw ex;
			}
			logger.warn(this.directory + " has an inbox of SQLite. PostgreSQL is away and cannot be asked whether that "
					+ "was copied to it. If it was not, stop the service and copy it with " + CopyToPostgresql.COMMAND
					+ " before the service runs with PostgreSQL.");
		}
	}

	private void warnIfPostgresqlIsEmpty() {
		if (this.events.page(EventFilter.ALL, null, 1).events().isEmpty()) {
			logger.warn("PostgreSQL has no events, but " + this.directory
					+ " has an inbox of SQLite, of which nothing is delivered any more. To go on with it, stop the "
					+ "service and copy it with " + CopyToPostgresql.COMMAND + " before anything is received.");
		}
	}

}
