package io.pulsehook.inbox.replay;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

import io.pulsehook.failure.Reason;
import io.pulsehook.inbox.model.Coded;
import io.pulsehook.inbox.model.InboxUnavailableException;
import io.pulsehook.inbox.model.ReplayStatus;
import io.pulsehook.inbox.model.Subscription;
import io.pulsehook.inbox.query.Direction;
import io.pulsehook.inbox.query.EventFilter;
import io.pulsehook.inbox.query.EventPage;
import io.pulsehook.inbox.query.EventSearch;
import io.pulsehook.inbox.query.QueryExecutor;
import io.pulsehook.inbox.query.StoredEvent;
import io.pulsehook.inbox.write.Dialect;
import io.pulsehook.inbox.write.Session;
import io.pulsehook.inbox.write.Subscriptions;
import io.pulsehook.inbox.write.Writer;

/**
 * Hands events to handlers again. A replay makes its deliveries a few at a time, and the
 * next only when those are under way: live traffic is not held up, and cancelling leaves
 * little behind.
 */
public final class Replays {

	private static final Log logger = LogFactory.getLog(Replays.class);

	/** How many of a replay's deliveries may wait for their handlers. */
	private static final int WAITING_LIMIT = 200;

	private static final int STEP = 100;

	private static final int COUNT_STEP = 1_000;

	private static final JsonMapper json = JsonMapper.shared();

	private static final String CREATE = """
			insert into pulsehook_replay (status, request, cursor, last_event, created_at)
			values ('running', ?, ?, ?, ?)
			returning id
			""";

	private static final String SELECT = """
			select id, status, request, cursor, last_event, events, deliveries,
				created_at, finished_at,
				(select count(*) from pulsehook_delivery d
				where d.replay_id = r.id and d.finished_at is null) as unfinished,
				(select count(*) from pulsehook_delivery d
				where d.replay_id = r.id and d.finished_at is null and d.status = 'pending') as waiting
			from pulsehook_replay r
			""";

	// Counts what ReplayStep would do.
	private static final String COUNT = """
			select count(*) from pulsehook_event e
			left join pulsehook_delivery d on d.event_id = e.id and d.handler = :handler
			where e.id in (:events) and case when :deadOnly then d.status = 'dead'
				else d.event_id is null or d.status = 'dead' or (d.status = 'done' and :includeDone) end
			""";

	private static final String DEAD_ERRORS = """
			select d.last_error from pulsehook_delivery d
			where d.handler = :handler and d.event_id in (:events) and d.status = 'dead'
			""";

	private static final String END = """
			update pulsehook_replay set status = ?, finished_at = ? where id = ? and status = 'running'
			""";

	private final Writer writer;

	private final JdbcClient jdbc;

	private final QueryExecutor executor;

	private final Subscriptions subscriptions;

	private final Dialect database;

	public Replays(Dialect database, Writer writer, JdbcClient jdbc, QueryExecutor executor,
			Subscriptions subscriptions) {
		this.database = database;
		this.writer = writer;
		this.jdbc = jdbc;
		this.executor = executor;
		this.subscriptions = subscriptions;
	}

	/**
	 * Begins a replay of all events that are stored by now and match.
	 * @param request what is to be handled again
	 * @return the replay
	 * @throws InboxUnavailableException if it could not be stored
	 */
	public Replay create(ReplayRequest request) {
		return create(request, 0, newest());
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
		Replay replay = create(new ReplayRequest(EventFilter.ALL, handlers, includeDone), event - 1, event);
		advance(replay.id());
		return find(replay.id()).orElse(replay);
	}

	private Replay create(ReplayRequest request, long cursor, long last) {
		long id = this.writer.submitAndWait((session) -> insert(session, request, cursor, last));
		return find(id).orElseThrow();
	}

	private long insert(Session session, ReplayRequest request, long cursor, long last) throws SQLException {
		PreparedStatement statement = session.prepare(CREATE);
		statement.setString(1, json.writeValueAsString(request));
		statement.setLong(2, cursor);
		statement.setLong(3, last);
		statement.setLong(4, session.now().toEpochMilli());
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
		return this.executor.read(() -> countPages(request));
	}

	private Count countPages(ReplayRequest request) {
		EventSearch search = new EventSearch(this.database, this.jdbc, request.filter(), Direction.OLDEST_FIRST);
		long events = 0;
		long deliveries = 0;
		Long cursor = 0L;
		while (cursor != null) {
			EventPage page = search.page(cursor, COUNT_STEP);
			events += page.events().size();
			deliveries += deliveries(page.events(), request);
			cursor = page.next();
		}
		return new Count(events, deliveries);
	}

	private long deliveries(List<StoredEvent> events, ReplayRequest request) {
		Map<Subscription, List<Long>> wanted = new HashMap<>();
		for (StoredEvent event : events) {
			for (Subscription subscription : this.subscriptions.to(event.type(), event.title())) {
				if (request.takes(subscription)) {
					wanted.computeIfAbsent(subscription, (key) -> new ArrayList<>()).add(event.id());
				}
			}
		}
		return wanted.entrySet().stream().mapToLong((entry) -> count(entry.getKey(), entry.getValue(), request)).sum();
	}

	private long count(Subscription subscription, List<Long> events, ReplayRequest request) {
		if (request.error() != null) {
			return this.jdbc.sql(DEAD_ERRORS)
				.param("handler", subscription.handler())
				.param("events", events)
				.query(String.class)
				.list()
				.stream()
				.filter(request::takesError)
				.count();
		}
		return this.jdbc.sql(COUNT)
			.param("handler", subscription.handler())
			.param("events", events)
			.param("deadOnly", request.isForDeadOnly())
			.param("includeDone", request.includeDone())
			.query(Long.class)
			.single();
	}

	/**
	 * Finds a replay.
	 * @param id its id
	 * @return the replay, if there is one
	 */
	public Optional<Replay> find(long id) {
		return state(id).map(State::replay);
	}

	/**
	 * Stops a replay. What has been handed to handlers already, a few hundred deliveries
	 * at most for each, still runs.
	 * @param id its id
	 * @throws InboxUnavailableException if it could not be stored
	 */
	public void cancel(long id) {
		end(id, ReplayStatus.CANCELLED);
	}

	private void end(long id, ReplayStatus status) {
		this.writer.submitAndWait((session) -> {
			PreparedStatement statement = session.prepare(END);
			statement.setString(1, status.code());
			statement.setLong(2, session.now().toEpochMilli());
			statement.setLong(3, id);
			int ended = statement.executeUpdate();
			EndedReplays.blank(session);
			return ended;
		});
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
		try {
			tryToAdvance(id);
		}
		catch (DataAccessException | InboxUnavailableException ex) {
			SQLException cause = Reason.innermost(ex, SQLException.class);
			if (cause == null || !this.database.refusesData(cause)) {
				throw ex;
			}
			logger.error("Replay " + id + " has failed, since the database refuses what it asks for: " + Reason.of(ex)
					+ ". The events that it has not come to are not handled again; begin another replay for them.");
			end(id, ReplayStatus.FAILED);
		}
	}

	private void tryToAdvance(long id) {
		state(id).filter((state) -> state.waiting() < WAITING_LIMIT).ifPresent((state) -> {
			EventPage page = new EventSearch(this.database, this.jdbc, state.request().filter(), Direction.OLDEST_FIRST)
				.page(state.cursor(), STEP)
				.upTo(state.lastEvent());
			this.writer.submitAndWait(new ReplayStep(id, state.cursor(), state.request(), page));
		});
	}

	private Optional<State> state(long id) {
		return this.jdbc.sql(SELECT + "where r.id = ?").param(id).query(Replays::state).optional();
	}

	private static State state(ResultSet row, int number) throws SQLException {
		ReplayRequest request = json.readValue(row.getString("request"), ReplayRequest.class);
		long finishedAt = row.getLong("finished_at");
		Replay replay = new Replay(row.getLong("id"), Coded.of(ReplayStatus.class, row.getString("status")),
				row.getLong("events"), row.getLong("deliveries"), row.getLong("unfinished"),
				Instant.ofEpochMilli(row.getLong("created_at")),
				(finishedAt != 0) ? Instant.ofEpochMilli(finishedAt) : null, request.filter().contact() != null,
				request.filter().text() != null);
		return new State(replay, request, row.getLong("cursor"), row.getLong("last_event"), row.getLong("waiting"));
	}

	/**
	 * What a replay would do.
	 *
	 * @param events how many events match
	 * @param deliveries how many deliveries would run
	 */
	public record Count(long events, long deliveries) {

	}

	private record State(Replay replay, ReplayRequest request, long cursor, long lastEvent, long waiting) {

	}

}
