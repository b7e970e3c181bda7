package io.pulsehook.inbox.replay;

import java.sql.SQLException;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.pulsehook.failure.DatabaseErrors;
import io.pulsehook.inbox.commit.Writer;
import io.pulsehook.inbox.model.InboxUnavailableException;
import io.pulsehook.inbox.query.Direction;
import io.pulsehook.inbox.query.EventPage;
import io.pulsehook.inbox.query.EventSearch;
import io.pulsehook.inbox.write.Dialect;

/**
 * Takes replays further, a few deliveries at a time, and no further while enough of a
 * replay's deliveries wait: live traffic is not held up, and cancelling leaves little
 * behind.
 */
final class ReplayAdvance {

	private static final Log logger = LogFactory.getLog(ReplayAdvance.class);

	/** How many of a replay's deliveries may wait for their handlers. */
	private static final int WAITING_LIMIT = 200;

	private static final int STEP = 100;

	private final Dialect database;

	private final Writer writer;

	private final JdbcClient jdbc;

	ReplayAdvance(Dialect database, Writer writer, JdbcClient jdbc) {
		this.database = database;
		this.writer = writer;
		this.jdbc = jdbc;
	}

	void advance(long id) {
		try {
			ReplayState.find(this.jdbc, id)
				.filter((state) -> state.waiting() < WAITING_LIMIT)
				.ifPresent((state) -> advance(id, state));
		}
		catch (DataAccessException | InboxUnavailableException ex) {
			SQLException cause = DatabaseErrors.innermost(ex, SQLException.class);
			if (cause == null || !this.database.refusesData(cause)) {
				throw ex;
			}
			logger.error("Replay " + id + " has failed, since the database refuses what it asks for: "
					+ DatabaseErrors.of(ex)
					+ ". The events that it has not come to are not handled again; begin another replay for them.");
			this.writer.submitAndWait(new ReplayEnd(id, ReplayStatus.FAILED));
		}
	}

	private void advance(long id, ReplayState state) {
		EventPage page = new EventSearch(this.database, this.jdbc, state.request().filter(), Direction.OLDEST_FIRST)
			.page(state.cursor(), STEP)
			.upTo(state.lastEvent());
		this.writer.submitAndWait(new ReplayStep(id, state.cursor(), state.request(), page));
	}

}
