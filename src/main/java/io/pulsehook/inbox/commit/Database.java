package io.pulsehook.inbox.commit;

import java.sql.SQLException;

import io.pulsehook.inbox.model.InboxListener;
import io.pulsehook.inbox.write.AtWork;
import io.pulsehook.inbox.write.Claims;
import io.pulsehook.inbox.write.Dialect;
import io.pulsehook.inbox.write.FileSpace;
import io.pulsehook.inbox.write.Runner;

/**
 * One of the two databases, opened by this process.
 */
public interface Database extends Dialect, AutoCloseable {

	/** Assembles the parts that are different for each database around its writer. */
	Parts parts(Writer writer, InboxListener observer) throws SQLException;

	@Override
	void close() throws Exception;

	/**
	 * The parts of an inbox that are different for each database.
	 *
	 * @param runner makes this process one of those that run deliveries
	 * @param claims claims deliveries for that runner
	 * @param atWork records which deliveries handlers are at work on
	 * @param space gives disk back that the database no longer needs
	 */
	record Parts(Runner runner, Claims claims, AtWork atWork, FileSpace space) {

	}

}
