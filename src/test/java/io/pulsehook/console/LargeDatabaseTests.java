package io.pulsehook.console;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Base64;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests how fast the pages are with a million events of a month in the database.
 */
@Timeout(300)
class LargeDatabaseTests {

	private static final int EVENTS = 1_000_000;

	private static final Duration LIMIT = Duration.ofMillis(300);

	// With so many tries, a slow page fails and a machine that is busy with other work
	// does not.
	private static final int TRIES = 15;

	private static final String[] FILL = {
			// One in fifty is a payment.
			"""
					insert into pulsehook_event (source, kind, type, title, service, bot, contact, ordering_key,
						occurred_at, received_at, body)
					with recursive n (i) as (select 1 union all select i + 1 from n where i < %1$d)
					select 'default', iif(i %% 50 = 0, 'payment', 'chatbot'),
						iif(i %% 50 = 0, 'PaymentOrder', 'IncomingMessage'), 'incoming_message',
						iif(i %% 3 = 0, 'telegram', 'whatsapp'), 'b', 'c' || (i %% 50000), i,
						%2$d + i * 2592, %2$d + i * 2592,
						cast(iif(i %% 50 = 0,
							'{"order":{"id":"' || i || '","status":' || iif(i %% 100 = 0, 200, 101)
								|| ',"totalCost":10.50,"currency":"USD","type":1,"updatedAt":"2026-01-01T00:00:00Z"}}',
							'{"title":"incoming_message","service":"telegram","date":1700000000,"contact":{"id":"c'
								|| (i %% 50000) || '","name":"Person ' || i || '"},"info":{"message":{"channel_data":'
								|| '{"message":{"text":"The text of message number ' || i || '"}}}}}') as blob)
					from n
					""",
			// One in fifty is dead, and some wait for a handler that is gone.
			"""
					insert into pulsehook_delivery (event_id, handler, ordering_key, position, status, attempts, due_at,
						finished_at, last_error)
					select id, iif(id %% 200 = 1, 'former', iif(kind = 'payment', 'grantAccess', 'crmSync')), id, 2 * id,
						iif(id %% 200 = 1, 'pending', iif(id %% 50 = 7, 'dead', 'done')), 1,
						iif(id %% 200 = 1, received_at, null), iif(id %% 200 = 1, null, received_at + 40),
						iif(id %% 50 = 7, 'java.lang.IllegalStateException: The CRM refused contact ' || id, null)
					from pulsehook_event
					""",
			"""
					insert into pulsehook_order (ordering_key, event_id, updated_at)
					select ordering_key, id, received_at from pulsehook_event where kind = 'payment'
					""",
			"""
					insert into pulsehook_minute (minute, kind, type, service, result, events)
					with recursive n (i) as (select 0 union all select i + 1 from n where i < 43199),
						t (type) as (values ('IncomingMessage'), ('OutgoingMessage'), ('NewSubscriber'), ('FlowWebhook'),
							('PaymentOrder')),
						s (service) as (values ('telegram'), ('whatsapp'))
					select %2$d / 60000 + i, 'chatbot', type, service, 'accepted', 2 from n, t, s
					""" };

	private static DemoService service;

	private final HttpClient client = HttpClient.newHttpClient();

	@BeforeAll
	static void start(@TempDir Path directory) throws SQLException {
		service = new DemoService(directory.resolve("data"));
		long monthAgo = System.currentTimeMillis() - Duration.ofDays(30).toMillis();
		try (Connection connection = service.connection(); Statement statement = connection.createStatement()) {
			statement.execute("pragma synchronous = off");
			statement.execute("pragma cache_size = -200000");
			connection.setAutoCommit(false);
			for (String sql : FILL) {
				statement.executeUpdate(sql.formatted(EVENTS, monthAgo));
			}
			connection.commit();
		}
	}

	@AfterAll
	static void stop() {
		service.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/console", "/console?range=day&by=service", "/console?range=month", "/console/events",
			"/console/events?cursor=500000", "/console/events?contact=c77", "/console/events?status=dead",
			"/console/events?status=open", "/console/events?status=unhandled", "/console/events?kind=payment",
			"/console/events?title=nothing", "/console/events?q=message%20number%20999900",
			"/console/events?q=nothing-of-the-sort", "/console/events?q=Person%20nothing%20%2B351%20912%20345%20678",
			"/console/events?handler=nobody", "/console/events?error=timeout", "/console/events?paymentStatus=denied",
			"/console/events?botName=nobody", "/console/events?when=1h", "/console/events/499999",
			"/console/events/500000", "/console/dead-letters",
			"/console/dead-letters/group?handler=crmSync"
					+ "&error=java.lang.IllegalStateException:%20The%20CRM%20refused%20contact%20%E2%80%A6",
			"/console/dead-letters/replay", "/console/handlers", "/console/connect" })
	void answersInTime(String path) {
		long fastest = Long.MAX_VALUE;
		for (int i = 0; i < TRIES && fastest >= LIMIT.toNanos(); i++) {
			fastest = Math.min(fastest, nanos(path));
		}
		assertThat(Duration.ofNanos(fastest)).as(path).isLessThan(LIMIT);
	}

	private long nanos(String path) {
		String credentials = Base64.getEncoder()
			.encodeToString(("user:" + DemoService.PASSWORD).getBytes(StandardCharsets.UTF_8));
		HttpRequest request = HttpRequest.newBuilder(URI.create(service.root() + path))
			.header("Authorization", "Basic " + credentials)
			.build();
		long begin = System.nanoTime();
		HttpResponse<String> response = this.client.sendAsync(request, HttpResponse.BodyHandlers.ofString()).join();
		long end = System.nanoTime();
		assertThat(response.statusCode()).isEqualTo(200);
		return end - begin;
	}

}
