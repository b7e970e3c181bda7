package io.pulsehook.inbox.commit;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.pulsehook.inbox.write.Transaction.AfterCommit;

/**
 * What runs after a commit, outside of any transaction. A failure changes nothing about
 * what was committed.
 */
final class FollowUps {

	private static final Log logger = LogFactory.getLog(FollowUps.class);

	private final List<AfterCommit> actions = new ArrayList<>();

	void add(AfterCommit action) {
		this.actions.add(action);
	}

	void run(Connection connection) {
		if (this.actions.isEmpty()) {
			return;
		}
		try {
			connection.setAutoCommit(true);
			try {
				for (AfterCommit action : this.actions) {
					action.run(connection);
				}
			}
			finally {
				connection.setAutoCommit(false);
			}
		}
		catch (SQLException ex) {
			logger.debug("What follows a commit failed", ex);
		}
	}

}
