package io.pulsehook.inbox.upkeep;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.pulsehook.inbox.commit.Writer;
import io.pulsehook.inbox.write.Session;

/**
 * Goes through the events once, from the oldest on, and deletes those that are old
 * enough, a batch at a time. Events that are kept are not looked at again.
 */
public final class RetentionPass {

	private static final int BATCH = Removal.MAX_EVENTS;

	/**
	 * Finds the next events and whether they are old enough to be deleted. An event with
	 * an unfinished delivery is deleted only when its handler has been gone for as long,
	 * and not while it restarts. Of the events, only the index by time is read; those of
	 * the same moment as the last one are a query of their own, since a comparison of
	 * pairs would begin with all events of that moment.
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

	/**
	 * Whether there may be more to delete.
	 * @return {@code false} at the end of the pass
	 */
	public boolean hasMore() {
		return this.more;
	}

	/**
	 * Deletes the next few events and returns when that is on disk.
	 * @return how many were deleted
	 */
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
