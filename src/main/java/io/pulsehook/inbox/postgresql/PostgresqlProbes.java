package io.pulsehook.inbox.postgresql;

import java.util.List;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

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
	 * before. The index by runner, from which "coalesce" keeps the planner, would be
	 * slower: it still holds many entries of what is no longer claimed.
	 */
	private static final String HELD = """
			select exists (
				select 1 from pulsehook_delivery
				where event_id = ? and handler = ? and coalesce(runner_id, -1) >= 0
					and coalesce(finished_at, -1) < 0)
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
	 * Claims a probe, if the handler's rest is over for one and nobody has any. A
	 * transaction has to be under way.
	 * @param request which delivery
	 * @param runner the id of this replica
	 * @param claim claims a delivery
	 * @return the probe, or nothing
	 */
	List<DueDelivery> claim(ClaimRequest request, long runner, Supplier<List<DueDelivery>> claim) {
		if (!mayClaim(request, runner)) {
			return List.of();
		}
		List<DueDelivery> claimed = claim.get();
		claimed.forEach((probe) -> this.jdbc.update(TAKE, probe.eventId(), request.handler()));
		return claimed;
	}

	private boolean mayClaim(ClaimRequest request, long runner) {
		this.jdbc.queryForList(LOCK_RUNNER, Long.class, runner);
		List<Long> last = this.jdbc.queryForList(LOCK_HANDLER, Long.class, request.handler(),
				request.now().toEpochMilli());
		return !last.isEmpty() && !isHeld(last.get(0), request.handler());
	}

	private boolean isHeld(@Nullable Long event, String handler) {
		return Boolean.TRUE.equals(this.jdbc.queryForObject(HELD, Boolean.class, event, handler));
	}

	/**
	 * Frees the place of a probe whose handler hangs.
	 * @param probe the delivery, which stays claimed
	 */
	void letGo(DueDelivery probe) {
		this.jdbc.update(LET_GO, probe.handler(), probe.eventId());
	}

}
