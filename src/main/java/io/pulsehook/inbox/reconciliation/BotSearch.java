package io.pulsehook.inbox.reconciliation;

import java.util.List;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Looks for the bots that have sent messages here. No index has them, since it would cost
 * each event something: all events are read once, and later only those that are newer.
 */
final class BotSearch {

	/** How many ids one query goes over. */
	private static final long STRETCH = 10_000;

	private static final String FOUND = """
			select e.bot, e.source, e.service, min(e.occurred_at) as first_at, max(e.id) as newest
			from pulsehook_event e
			where e.id > ? and e.id <= ? and e.type = 'IncomingMessage' and e.bot is not null
			group by e.bot, e.source, e.service
			order by e.bot, max(e.id)
			""";

	private static final String NEWEST = "select coalesce(max(id), 0) from pulsehook_event";

	private static final String EXISTING = "select count(*) from pulsehook_event where id in (:events)";

	private final JdbcClient jdbc;

	private final Runnable between;

	/**
	 * Prepares a search.
	 * @param between is run after each part of the events
	 */
	BotSearch(JdbcClient jdbc, Runnable between) {
		this.jdbc = jdbc;
		this.between = between;
	}

	/**
	 * Looks for bots among the events that are newer.
	 * @param known what was found before. It is found anew if the newest message of a bot
	 * is gone, since none of the bot's messages may be left then.
	 * @return the bots of which there are messages
	 */
	KnownBots from(KnownBots known) {
		KnownBots bots = areLeft(known) ? known : KnownBots.NONE;
		long newest = this.jdbc.sql(NEWEST).query(Long.class).single();
		while (bots.upTo() < newest) {
			long end = Math.min(newest, bots.upTo() + STRETCH);
			bots = bots.with(end, found(bots.upTo(), end));
			this.between.run();
		}
		return bots;
	}

	private boolean areLeft(KnownBots known) {
		List<Long> events = known.bots().stream().map(KnownBot::newest).toList();
		return events.isEmpty()
				|| this.jdbc.sql(EXISTING).param("events", events).query(Long.class).single() == events.size();
	}

	private List<KnownBot> found(long after, long end) {
		return this.jdbc.sql(FOUND)
			.param(after)
			.param(end)
			.query((row, number) -> new KnownBot(row.getString("bot"), row.getString("source"),
					row.getString("service"), row.getLong("first_at"), row.getLong("newest")))
			.list();
	}

}
