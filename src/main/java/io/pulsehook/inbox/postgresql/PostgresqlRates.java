package io.pulsehook.inbox.postgresql;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

import io.pulsehook.inbox.model.ClaimRequest;
import io.pulsehook.inbox.model.Due;
import io.pulsehook.inbox.model.Rate;
import io.pulsehook.inbox.write.Permits;
import io.pulsehook.inbox.write.Permits.Taken;

/**
 * Claims deliveries of handlers with a rate. All replicas share a handler's permits,
 * which are taken in the transaction of the claim: if that fails, none is taken, and if
 * its answer is lost, none is taken twice. The time is the server's.
 */
final class PostgresqlRates {

	/**
	 * Reads and locks the permits. There are none if another replica is claiming for this
	 * handler; whoever waited for it would find the permits taken.
	 */
	private static final String LOCK = """
			with free as materialized (
				select permits from pulsehook_rate where handler = ? for update skip locked
			)
			select (select permits from free) as permits,
				exists (select 1 from pulsehook_rate where handler = ?) as known,
				(extract(epoch from clock_timestamp()) * 1000000)::bigint as now
			""";

	private static final String ADD = "insert into pulsehook_rate (handler, permits) values (?, '{}') on conflict do nothing";

	private static final String SAVE = "update pulsehook_rate set permits = ? where handler = ?";

	private static final Duration LONGEST_WAIT_FOR_OTHERS = Duration.ofSeconds(1);

	private final JdbcTemplate jdbc;

	PostgresqlRates(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Claims as many deliveries as the handler's rate permits. A transaction has to be
	 * under way.
	 * @param request the claim
	 * @param claims claims deliveries
	 * @return the deliveries, and when to look again if there is a rate
	 */
	Due claim(ClaimRequest request, Function<ClaimRequest, Due> claims) {
		Rate rate = request.rate();
		if (rate == null) {
			return claims.apply(request);
		}
		String handler = request.handler();
		Locked locked = lock(handler);
		long lockedAt = System.nanoTime();
		Permits permits = locked.permits();
		if (permits == null) {
			return new Due(List.of(), true).pausedFor(whileOthersClaim(rate));
		}
		Taken taken = permits.claim(request, rate, locked.now(), claims);
		if (!taken.permits().equals(permits)) {
			this.jdbc.update(SAVE, taken.permits().times(), handler);
		}
		return since(lockedAt, taken.due());
	}

	private Locked lock(String handler) {
		Locked locked = Objects.requireNonNull(this.jdbc.queryForObject(LOCK, Locked::read, handler, handler));
		if (locked.known() || this.jdbc.update(ADD, handler) == 0) {
			return locked;
		}
		return new Locked(Permits.NONE, true, locked.now());
	}

	// The other replica has taken the next permit, or found that there is none or nothing
	// to do.
	private static Duration whileOthersClaim(Rate rate) {
		Duration spacing = rate.period().dividedBy(rate.permits());
		return (spacing.compareTo(LONGEST_WAIT_FOR_OTHERS) < 0) ? spacing : LONGEST_WAIT_FOR_OTHERS;
	}

	// The pause began when the permits were read, and the claim took some of it.
	private static Due since(long lockedAt, Due due) {
		Duration left = due.pause().minusNanos(System.nanoTime() - lockedAt);
		return due.pausedFor(left.isNegative() ? Duration.ZERO : left);
	}

	/**
	 * The permits of a handler, locked.
	 *
	 * @param permits the permits, or {@code null} if nobody may take any now
	 * @param known whether the handler has a row
	 * @param now the server's time in microseconds
	 */
	private record Locked(@Nullable Permits permits, boolean known, long now) {

		static Locked read(ResultSet row, int number) throws SQLException {
			Array times = row.getArray("permits");
			return new Locked((times != null) ? Permits.of((Long[]) times.getArray()) : null, row.getBoolean("known"),
					row.getLong("now"));
		}

	}

}
