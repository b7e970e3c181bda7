package io.pulsehook.inbox.replay;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.pulsehook.inbox.commit.Writer;
import io.pulsehook.inbox.model.Columns;
import io.pulsehook.inbox.model.InboxUnavailableException;
import io.pulsehook.inbox.query.DeliveryPage.Cursor;
import io.pulsehook.inbox.query.EventFilter;
import io.pulsehook.inbox.query.QueryExecutor;
import io.pulsehook.inbox.write.Dialect;
import io.pulsehook.inbox.write.Session;
import io.pulsehook.inbox.write.Subscriptions;

/**
 * Hands events to handlers again. A replay is created here, and then makes its deliveries
 * step by step when {@link #advance} is called.
 */
public final class Replays {

	private static final String CREATE = """
			insert into pulsehook_replay (status, request, cursor, only_event, last_event, created_at, asked_by)
			values ('running', ?, ?, ?, ?, ?, ?)
			returning id
			""";

	private final Writer writer;

	private final JdbcClient jdbc;

	private final QueryExecutor executor;

	private final ReplayPreview preview;

	private final ReplayAdvance advance;

	public Replays(Dialect database, Writer writer, JdbcClient jdbc, QueryExecutor executor,
			Subscriptions subscriptions) {
		this.writer = writer;
		this.jdbc = jdbc;
		this.executor = executor;
		this.preview = new ReplayPreview(database, jdbc, subscriptions);
		this.advance = new ReplayAdvance(database, writer, jdbc);
	}

	/**
	 * Begins a replay of all events that are stored by now and match.
	 * @param request what is to be handled again
	 * @return the replay
	 * @throws InboxUnavailableException if it could not be stored
	 */
	public Replay create(ReplayRequest request) {
		return create(request, null);
	}

	/**
	 * Begins a replay of all events that are stored by now and match.
	 * @param request what is to be handled again
	 * @param askedBy the name of who asks for it, or {@code null}
	 * @return the replay
	 * @throws InboxUnavailableException if it could not be stored
	 */
	public Replay create(ReplayRequest request, @Nullable String askedBy) {
		return create(request, null, newest(), askedBy);
	}

	/**
	 * Replays one event at once.
	 * @param event the event's id
	 * @param handlers by which handlers; empty for all that take the type
	 * @param includeDone whether also by those that have done it already
	 * @return the replay
	 * @throws InboxUnavailableException if it could not be stored
	 */
	public Replay create(long event, Set<String> handlers, boolean includeDone) {
		return create(event, handlers, includeDone, null);
	}

	/**
	 * Replays one event at once.
	 * @param event the event's id
	 * @param handlers by which handlers; empty for all that take the type
	 * @param includeDone whether also by those that have done it already
	 * @param askedBy the name of who asks for it, or {@code null}
	 * @return the replay
	 * @throws InboxUnavailableException if it could not be stored
	 */
	public Replay create(long event, Set<String> handlers, boolean includeDone, @Nullable String askedBy) {
		Replay replay = create(new ReplayRequest(EventFilter.ALL, handlers, includeDone), event, event, askedBy);
		advance(replay.id());
		return find(replay.id()).orElse(replay);
	}

	private Replay create(ReplayRequest request, @Nullable Long only, long last, @Nullable String askedBy) {
		long id = this.writer.submitAndWait((session) -> insert(session, request, only, last, askedBy));
		return find(id).orElseThrow();
	}

	private long insert(Session session, ReplayRequest request, @Nullable Long only, long last,
			@Nullable String askedBy) throws SQLException {
		PreparedStatement statement = session.prepare(CREATE);
		statement.setString(1, RequestJson.write(request));
		statement.setLong(2, (only != null) ? only - 1 : 0);
		statement.setObject(3, only, Types.BIGINT);
		statement.setLong(4, last);
		statement.setLong(5, session.now().toEpochMilli());
		statement.setString(6, Columns.safe(askedBy));
		try (ResultSet inserted = statement.executeQuery()) {
			inserted.next();
			return inserted.getLong(1);
		}
	}

	private long newest() {
		return this.jdbc.sql("select coalesce(max(id), 0) from pulsehook_event").query(Long.class).single();
	}

	/**
	 * Counts what a replay would do, without doing it.
	 * @param request what would be handled again
	 * @return how many events match and how many deliveries they would make
	 */
	public Count count(ReplayRequest request) {
		return this.executor.read(() -> this.preview.count(request));
	}

	/**
	 * Finds a replay.
	 * @param id its id
	 * @return the replay, if there is one
	 */
	public Optional<Replay> find(long id) {
		return ReplayState.find(this.jdbc, id).map(ReplayState::replay);
	}

	/**
	 * Lists replays, newest first.
	 * @param before the id before which to begin, or {@code null} for the newest
	 * @param limit how many at most
	 * @return the replays
	 */
	public List<Replay> newest(@Nullable Long before, int limit) {
		return ReplayState.newest(this.jdbc, (before != null) ? before : Long.MAX_VALUE, limit)
			.stream()
			.map(ReplayState::replay)
			.toList();
	}

	/**
	 * Lists deliveries of a replay that ended, those of the newest events first. Those
	 * that another replay has begun again since then are not among them.
	 * @param id its id
	 * @param dead whether to list those that are dead, or else those that are done
	 * @param before the delivery before which to begin, or {@code null} for the newest
	 * @param limit how many at most
	 * @return the deliveries
	 */
	public List<ReplayedDelivery> ended(long id, boolean dead, @Nullable Cursor before, int limit) {
		return this.executor.read(() -> ReplayedDelivery.ended(this.jdbc, id, dead,
				(before != null) ? before : new Cursor(Long.MAX_VALUE, ""), limit));
	}

	/**
	 * Stops a replay. What has been handed to handlers already, a few hundred deliveries
	 * at most for each, still runs.
	 * @param id its id
	 * @throws InboxUnavailableException if it could not be stored
	 */
	public void cancel(long id) {
		this.writer.submitAndWait(new ReplayEnd(id, ReplayStatus.CANCELLED));
	}

	/**
	 * The replays that are not through.
	 * @return their ids
	 */
	public List<Long> running() {
		return this.jdbc.sql("select id from pulsehook_replay where status = 'running' order by id")
			.query(Long.class)
			.list();
	}

	/**
	 * Takes a replay a step further, unless enough of its deliveries wait. What the
	 * database will never do, since it refuses the data, ends the replay as failed.
	 * @param id its id
	 * @throws InboxUnavailableException if the step could not be stored
	 */
	public void advance(long id) {
		this.advance.advance(id);
	}

	/**
	 * What a replay would do.
	 *
	 * @param events how many events match
	 * @param deliveries how many deliveries would run
	 */
	public record Count(long events, long deliveries) {

	}

}
