package io.pulsehook.inbox.postgresql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import io.pulsehook.inbox.model.ClaimRequest;
import io.pulsehook.inbox.model.DueDelivery;

/**
 * Lets one replica at a time claim a delivery of a resting handler, the probe. The row of
 * the handler says which one that is. It is held for as long as a replica has that
 * delivery at hand, so that nothing has to be written when it ends, is given back, taken
 * over from a dead replica, or erased.
 */
final class PostgresqlProbes {

	/**
	 * Locks the row of this replica first, in the same order as those that give a replica
	 * up and then write into the rows of handlers.
	 */
	private static final String LOCK_RUNNER = """
			select id from pulsehook_runner where id = ? for key share
			""";

	/**
	 * Passes over a handler for which another replica claims a probe just now.
	 */
	private static final String LOCK_HANDLER = """
			select coalesce(probe, 0) from pulsehook_handler
			where id = ? and paused = 0 and rest_until <= ? for no key update skip locked
			""";

	/**
	 * Looks after the handler is locked, and therefore sees what others have claimed
	 * before.
	 */
	private static final String HELD = """
			select exists (
				select 1 from pulsehook_delivery
				where event_id = ? and handler = ? and runner_id is not null and coalesce(finished_at, -1) < 0)
			""";

	private static final String TAKE = """
			update pulsehook_handler set probe = ? where id = ?
			""";

	private static final String LET_GO = """
			update pulsehook_handler set probe = null where id = ? and probe = ?
			""";

	private final JdbcTemplate jdbc;

	PostgresqlProbes(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Claims a probe, if the handler's rest is over for one and nobody has any.
	 * @param request which delivery
	 * @param runner the id of this replica
	 * @param claim claims a delivery on the connection that it is given
	 * @return the probe, or nothing
	 */
	List<DueDelivery> claim(ClaimRequest request, long runner, Function<JdbcTemplate, List<DueDelivery>> claim) {
		List<DueDelivery> claimed = this.jdbc.execute((ConnectionCallback<List<DueDelivery>>) (connection) -> {
			connection.setAutoCommit(false);
			try {
				List<DueDelivery> probe = claim(request, runner, claim, on(connection));
				connection.commit();
				return probe;
			}
			catch (SQLException | RuntimeException | Error ex) {
				connection.rollback();
				throw ex;
			}
			finally {
				connection.setAutoCommit(true);
			}
		});
		return (claimed != null) ? claimed : List.of();
	}

	private JdbcTemplate on(Connection connection) {
		JdbcTemplate transaction = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
		transaction.setQueryTimeout(this.jdbc.getQueryTimeout());
		return transaction;
	}

	private static List<DueDelivery> claim(ClaimRequest request, long runner,
			Function<JdbcTemplate, List<DueDelivery>> claim, JdbcTemplate transaction) {
		if (!mayClaim(request, runner, transaction)) {
			return List.of();
		}
		List<DueDelivery> claimed = claim.apply(transaction);
		claimed.forEach((probe) -> transaction.update(TAKE, probe.eventId(), request.handler()));
		return claimed;
	}

	private static boolean mayClaim(ClaimRequest request, long runner, JdbcTemplate transaction) {
		transaction.queryForList(LOCK_RUNNER, Long.class, runner);
		List<Long> last = transaction.queryForList(LOCK_HANDLER, Long.class, request.handler(),
				request.now().toEpochMilli());
		return !last.isEmpty() && !isHeld(last.get(0), request.handler(), transaction);
	}

	private static boolean isHeld(@Nullable Long event, String handler, JdbcTemplate transaction) {
		return Boolean.TRUE.equals(transaction.queryForObject(HELD, Boolean.class, event, handler));
	}

	/**
	 * Frees the place of a probe whose handler hangs.
	 * @param probe the delivery, which stays claimed
	 */
	void letGo(DueDelivery probe) {
		this.jdbc.update(LET_GO, probe.handler(), probe.eventId());
	}

}
