package io.pulsehook.inbox.upkeep;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.pulsehook.inbox.write.Session;
import io.pulsehook.inbox.write.Writer;

/**
 * One way through the events from the oldest on, a batch at a time. What is kept is
 * passed by and not looked at again.
 */
public final class RetentionPass {

	private static final int BATCH = Removal.MAX_EVENTS;

	/**
	 * Reads the index of time alone, but for the deliveries. What is unfinished goes when
	 * its handler has been gone for as long as that, and not while it restarts. What came
	 * in the moment of the last one is asked for by itself: a comparison of pairs would
	 * begin with all of it.
	 */
	public static final String OLDEST = """
			select p.received_at, p.id, not exists (
				select 1 from pulsehook_delivery d
				where d.event_id = p.id and case when p.received_at > ? then d.status <> 'done'
					else d.finished_at is null and (
						d.handler in (select handler from pulsehook_subscription)
						or d.handler in (select id from pulsehook_handler where last_seen > ?))
					end) as expired
			from (
				select * from (
					select received_at, id from pulsehook_event
					where received_at = ? and id > ?
					order by id limit ?) same_moment
				union all
				select * from (
					select received_at, id from pulsehook_event
					where received_at > ? and received_at <= ?
					order by received_at, id limit ?) later
				order by received_at, id limit ?) p
			order by p.received_at, p.id
			""";

	private final Writer writer;

	private final Instant handledBefore;

	private final Instant deadBefore;

	private Place place = new Place(Long.MIN_VALUE, 0);

	private boolean more = true;

	RetentionPass(Writer writer, Instant handledBefore, Instant deadBefore) {
		this.writer = writer;
		this.handledBefore = handledBefore;
		this.deadBefore = deadBefore;
	}

	// Whether there may be more to delete.
	public boolean hasMore() {
		return this.more;
	}

	// Deletes the next few and returns, when that is on disk, how many.
	public long deleteNext() {
		Batch batch = this.writer.submitAndWait(this::delete);
		this.place = batch.end();
		this.more = batch.more();
		return batch.deleted();
	}

	private Batch delete(Session session) throws SQLException {
		List<Candidate> candidates = candidates(session);
		List<Place> expired = candidates.stream().filter(Candidate::expired).map(Candidate::place).toList();
		Removal removal = new Removal(session);
		List<Long> fitting = removal.fitting(expired.stream().map(Place::id).toList());
		long deleted = removal.remove(fitting).events();
		if (fitting.size() < expired.size()) {
			return new Batch(deleted, expired.get(fitting.size() - 1), true);
		}
		Place end = candidates.isEmpty() ? this.place : candidates.get(candidates.size() - 1).place();
		return new Batch(deleted, end, candidates.size() == BATCH);
	}

	private List<Candidate> candidates(Session session) throws SQLException {
		PreparedStatement statement = session.prepare(OLDEST);
		statement.setLong(1, this.deadBefore.toEpochMilli());
		statement.setLong(2, this.deadBefore.toEpochMilli());
		statement.setLong(3, this.place.receivedAt());
		statement.setLong(4, this.place.id());
		statement.setInt(5, BATCH);
		statement.setLong(6, this.place.receivedAt());
		statement.setLong(7, this.handledBefore.toEpochMilli());
		statement.setInt(8, BATCH);
		statement.setInt(9, BATCH);
		List<Candidate> candidates = new ArrayList<>();
		try (ResultSet rows = statement.executeQuery()) {
			while (rows.next()) {
				Place found = new Place(rows.getLong("received_at"), rows.getLong("id"));
				candidates.add(new Candidate(found, rows.getBoolean("expired")));
			}
		}
		return candidates;
	}

	private record Place(long receivedAt, long id) {

	}

	private record Candidate(Place place, boolean expired) {

	}

	private record Batch(long deleted, Place end, boolean more) {

	}

}
