package io.pulsehook.inbox.spool;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The table of the bodies. Reads use connections of their own, and writes are for the
 * thread that writes.
 */
final class SpoolTable {

	/** What a row takes beside the bytes of its body, more or less. */
	private static final int ROW_BYTES = 64;

	/** So many bodies are read at once at most. */
	static final int MOST_BODIES = 1_000;

	/** A body that reaches this size together with those before it is the last one. */
	private static final long MOST_BYTES = 4 * 1024 * 1024;

	private static final String SIZE = "length(body) + " + ROW_BYTES;

	private static final String INSERT = "insert into pulsehook_spool (source, arrived_at, body) values (?, ?, ?)";

	private static final String DELETE_STORED = "delete from pulsehook_spool where id <= ? and refused is null returning "
			+ SIZE;

	private static final String REFUSE = "update pulsehook_spool set refused = ? where id = ?";

	private static final String REFUSED_ONLY = " where id = ? and refused is not null";

	private static final String APPEND = "insert into pulsehook_spool (source, arrived_at, body) "
			+ "select source, arrived_at, body from pulsehook_spool" + REFUSED_ONLY;

	private static final String DELETE_REFUSED = "delete from pulsehook_spool" + REFUSED_ONLY + " returning " + SIZE;

	private static final String ACCEPT_ALL = "update pulsehook_spool set refused = null where refused is not null";

	private static final String NEXT = """
			select id, source, arrived_at, body from pulsehook_spool where id > ? and refused is null order by id limit ?
			""";

	private static final String OLDEST = """
			select arrived_at from pulsehook_spool where id > ? and refused is null order by id limit 1
			""";

	private static final String REFUSED = """
			select id, source, arrived_at, length(body) as size, refused from pulsehook_spool
			where refused is not null order by id desc limit ?
			""";

	private static final String BODY = "select body from pulsehook_spool" + REFUSED_ONLY;

	private final JdbcClient jdbc;

	SpoolTable(DataSource readers) {
		this.jdbc = JdbcClient.create(readers);
	}

	/** What a body counts against the size of the spool. */
	static long size(byte[] body) {
		return body.length + ROW_BYTES;
	}

	static SpoolWrite<Integer> insert(SpooledBody body) {
		return (session) -> {
			PreparedStatement statement = session.prepare(INSERT);
			statement.setString(1, body.source());
			statement.setLong(2, body.arrivedAt().toEpochMilli());
			statement.setBytes(3, body.body());
			return statement.executeUpdate();
		};
	}

	/** Deletes what was not refused up to an id, and returns its size. */
	static SpoolWrite<Long> deleteStored(long id) {
		return (session) -> deleted(session, DELETE_STORED, id);
	}

	/** Marks a body as refused. */
	static SpoolWrite<Integer> refuse(long id, String reason) {
		return (session) -> {
			PreparedStatement statement = session.prepare(REFUSE);
			statement.setString(1, reason);
			statement.setLong(2, id);
			return statement.executeUpdate();
		};
	}

	/**
	 * Puts a body that was refused behind all others, and returns whether there was one.
	 */
	static SpoolWrite<Boolean> append(long id) {
		return (session) -> {
			PreparedStatement statement = session.prepare(APPEND);
			statement.setLong(1, id);
			return statement.executeUpdate() > 0 && deleted(session, DELETE_REFUSED, id) > 0;
		};
	}

	/** Deletes a body that was refused, and returns its size, 0 if there was none. */
	static SpoolWrite<Long> deleteRefused(long id) {
		return (session) -> {
			// It can be that of a person who is erased: the log has it too.
			session.truncateLogAfterCommit();
			return deleted(session, DELETE_REFUSED, id);
		};
	}

	/** Lets all bodies that were refused be tried again, in their places. */
	static SpoolWrite<Integer> acceptAll() {
		return (session) -> session.prepare(ACCEPT_ALL).executeUpdate();
	}

	private static long deleted(SpoolSession session, String delete, long id) throws SQLException {
		PreparedStatement statement = session.prepare(delete);
		statement.setLong(1, id);
		long size = 0;
		try (ResultSet row = statement.executeQuery()) {
			while (row.next()) {
				size += row.getLong(1);
			}
		}
		return size;
	}

	/** Counts all bodies, and adds up their sizes. */
	Total total() {
		return this.jdbc.sql("select count(*) as bodies, coalesce(sum(" + SIZE + "), 0) as bytes from pulsehook_spool")
			.query((row, number) -> new Total(row.getLong("bodies"), row.getLong("bytes")))
			.single();
	}

	/**
	 * Reads the next bodies that were not refused, so many that memory has room for them.
	 * @param after the id that they come after
	 * @param most how many at most
	 * @return the bodies in their order
	 */
	List<SpooledBody> next(long after, int most) {
		return this.jdbc.sql(NEXT).param(after).param(most).query(SpoolTable::readSome);
	}

	private static List<SpooledBody> readSome(ResultSet rows) throws SQLException {
		List<SpooledBody> bodies = new ArrayList<>();
		long bytes = 0;
		while (bytes < MOST_BYTES && rows.next()) {
			SpooledBody body = new SpooledBody(rows.getLong("id"), rows.getString("source"),
					Instant.ofEpochMilli(rows.getLong("arrived_at")), rows.getBytes("body"));
			bytes += body.body().length;
			bodies.add(body);
		}
		return bodies;
	}

	/** Whether nothing waits beside bodies that were read, of which so many may be. */
	static boolean isAll(List<SpooledBody> bodies, int most) {
		return bodies.size() < most && bodies.stream().mapToLong((body) -> body.body().length).sum() < MOST_BYTES;
	}

	/** Finds when the first body after an id arrived, if there is one. */
	Optional<Instant> oldest(long after) {
		return this.jdbc.sql(OLDEST).param(after).query(Long.class).optional().map(Instant::ofEpochMilli);
	}

	/** Lists the bodies that were refused, the newest first. */
	List<RefusedBody> refused(int most) {
		return this.jdbc.sql(REFUSED)
			.param(most)
			.query((row, number) -> new RefusedBody(row.getLong("id"), row.getString("source"),
					Instant.ofEpochMilli(row.getLong("arrived_at")), row.getLong("size"), row.getString("refused")))
			.list();
	}

	/** Reads a body that was refused. */
	byte @Nullable [] refusedBody(long id) {
		return this.jdbc.sql(BODY).param(id).query((row, number) -> row.getBytes("body")).optional().orElse(null);
	}

	/**
	 * How many bodies there are.
	 *
	 * @param bodies their number
	 * @param bytes their size
	 */
	record Total(long bodies, long bytes) {

	}

}
