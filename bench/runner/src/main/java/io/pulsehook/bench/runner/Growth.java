package io.pulsehook.bench.runner;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * What a database that has been in use for long changes.
 */
final class Growth {

	private static final long EVENTS = Long.getLong("bench.events", 5_000_000);

	private static final int ASKED = 100;

	/** Less than lets the JIT compile it, as for somebody who looks now and then. */
	private static final int ASKED_BEFORE = 5;

	private static final HttpClient CLIENT = HttpClient.newHttpClient();

	private static final List<String> LISTS = List.of("/api/events", "/api/events?contact=5f3b7a1c9d2e4f0000000042",
			"/api/events?status=done&limit=500", "/api/events?type=PaymentOrder", "/api/events?q=nowhere",
			"/api/events?status=dead", "/api/deliveries?handler=bench1&status=done", "/api/handlers");

	private static final String[] PASSWORD = { "--spring.security.user.name=bench",
			"--spring.security.user.password=password-of-the-benchmarks" };

	private static final String NUMBERS_SQLITE = """
			with recursive n (i) as (values (1) union all select i + 1 from n where i < %d)
			""";

	private static final String EVENT_COLUMNS = """
			insert into pulsehook_event (source, kind, type, title, service, bot, contact, ordering_key, dedup_key,
				occurred_at, received_at, body)
			""";

	private static final String SQLITE_EVENTS = EVENT_COLUMNS + NUMBERS_SQLITE
			+ """
					select 'default', 'chatbot', 'IncomingMessage', 'incoming_message', 'telegram', '5f3b7a1c9d2e4f0012345678',
						printf('5f3b7a1c9d2e4f00%%08d', abs(random()) %% 10000), random(),
						unhex(printf('%%016x', %d + i * 100) || hex(randomblob(16))), %d + i * 100, %d + i * 100,
						cast(printf('{"title":"incoming_message","service":"telegram","number":%%d,"text":"%%.*c"}', i, 900, 'x')
							as blob)
					from n
					""";

	private static final String DELIVERIES = """
			insert into pulsehook_delivery (event_id, handler, position, status, attempts, finished_at)
			select id, 'bench1', 2 * id, 'done', 1, received_at from pulsehook_event
			where id not in (select event_id from pulsehook_delivery)
			""";

	private static final String POSTGRESQL_EVENTS = EVENT_COLUMNS + """
			select 'default', 'chatbot', 'IncomingMessage', 'incoming_message', 'telegram', '5f3b7a1c9d2e4f0012345678',
				'5f3b7a1c9d2e4f00' || lpad((random() * 9999)::int::text, 8, '0'), (random() * 1e18)::bigint,
				decode(lpad(to_hex(%2$d + i * 100), 16, '0') || md5(i::text), 'hex'), %2$d + i * 100, %2$d + i * 100,
				convert_to('{"title":"incoming_message","service":"telegram","number":' || i || ',"text":"'
					|| repeat(md5(i::text), 28) || '"}', 'UTF8')
			from generate_series(1, %1$d) i
			""";

	private final Lab lab;

	private Growth(Lab lab) {
		this.lab = lab;
	}

	static List<Row> ask(Lab lab) throws Exception {
		List<Row> rows = new ArrayList<>();
		for (Lab.Stores stores : List.<Lab.Stores>of(lab::sqlite, lab::postgresql)) {
			rows.addAll(new Growth(lab).ask(stores.next(), stores.next()));
		}
		return rows;
	}

	private List<Row> ask(Store empty, Store full) throws Exception {
		String name = full.name() + ": ";
		start(full);
		this.lab.closeLast();
		fill(full);
		Rounds<Double> starts = Rounds.of(() -> startSeconds(empty), () -> startSeconds(full));
		Target few = start(empty);
		Target many = start(full);
		Rounds.warmUp(few, many);
		Rounds<Load> rounds = Rounds.of(() -> few.full(Target.CONNECTIONS, Rounds.TURN),
				() -> many.full(Target.CONNECTIONS, Rounds.TURN));
		List<Row> lists = lists(many.server(), name);
		this.lab.closeLast();
		this.lab.closeLast();
		double rate = rounds.median(0, Load::perSecond);
		double grown = rounds.median(1, Load::perSecond);
		List<Row> rows = new ArrayList<>(List.of(Row.plain(name + "from empty, requests/s", rate, "%,.0f"),
				Row.plain(name + "grown, requests/s", grown, "%,.0f"),
				Row.atLeast(name + "rate grown ÷ rate from empty", grown / rate, 0.9, "%.2f"),
				Row.below(name + "start grown ÷ start empty",
						starts.median(1, Double::doubleValue) / starts.median(0, Double::doubleValue), 1.1, "%.2f")));
		rows.addAll(lists);
		return rows;
	}

	private Target start(Store store) throws Exception {
		return this.lab.pulsehook(Jvm.best(), store, 1, PASSWORD);
	}

	private double startSeconds(Store store) throws Exception {
		long begin = System.nanoTime();
		start(store);
		double seconds = (System.nanoTime() - begin) / 1e9;
		this.lab.closeLast();
		return seconds;
	}

	private static void fill(Store store) throws Exception {
		long begin = System.currentTimeMillis() - EVENTS * 100;
		try (Connection connection = DriverManager.getConnection(store.url());
				Statement statement = connection.createStatement()) {
			if (store.name().equals("SQLite")) {
				statement.execute("pragma cache_size = -1000000");
				statement.execute(SQLITE_EVENTS.formatted(EVENTS, begin, begin, begin));
			}
			else {
				statement.execute(POSTGRESQL_EVENTS.formatted(EVENTS, begin));
			}
			statement.execute(DELIVERIES);
			if (!store.name().equals("SQLite")) {
				// Autovacuum would have, over the time that so many take to arrive.
				statement.execute("vacuum analyze");
			}
		}
	}

	private static List<Row> lists(Server server, String name) throws Exception {
		List<Row> rows = new ArrayList<>();
		for (String list : LISTS) {
			ask(server, list, ASKED_BEFORE);
			rows.add(Row.below(name + "p99 of " + list + ", ms", p99(ask(server, list, ASKED)), 300, "%.0f"));
		}
		return rows;
	}

	private static List<Double> ask(Server server, String list, int times) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(URI.create(server.uri(list)))
			.header("Authorization",
					"Basic " + Base64.getEncoder().encodeToString("bench:password-of-the-benchmarks".getBytes()))
			.build();
		List<Double> millis = new ArrayList<>();
		for (int i = 0; i < times; i++) {
			long begin = System.nanoTime();
			int status = CLIENT.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
			millis.add((System.nanoTime() - begin) / 1e6);
			if (status != 200) {
				throw new IllegalStateException(list + " was answered with " + status);
			}
		}
		return millis;
	}

	private static double p99(List<Double> millis) {
		return millis.stream().sorted().toList().get((int) Math.ceil(millis.size() * 0.99) - 1);
	}

}
