package io.pulsehook.dispatch;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.pulsehook.EventHandler;
import io.pulsehook.dispatch.handler.HandlerSettings;
import io.pulsehook.dispatch.handler.HandlerSettings.Ordering;
import io.pulsehook.dispatch.handler.Handlers;
import io.pulsehook.dispatch.handler.RegisteredHandler;
import io.pulsehook.event.Event;
import io.pulsehook.inbox.CutWay;
import io.pulsehook.inbox.ExampleEvents;
import io.pulsehook.inbox.PostgresqlServer;
import io.pulsehook.inbox.Storage;
import io.pulsehook.inbox.TestDatabase;
import io.pulsehook.inbox.model.HandlerState;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that handlers begin when a database is back that was away at the start.
 */
class AwayDatabaseTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final String database = PostgresqlServer.create();

	private final CutWay way = new CutWay(PostgresqlServer.pool(this.database));

	private final List<String> log = new CopyOnWriteArrayList<>();

	private final Storage storage = Storage.open(TestDatabase.settings(Path.of("unused")), this.way, null, true);

	private final Dispatcher dispatcher = TestDispatchers.create(this.storage,
			new Handlers(List.of(handler("open"), handler("paused"))), this.storage.clock(), Duration.ofMillis(500));

	@AfterEach
	void close() throws Exception {
		this.dispatcher.stop();
		this.storage.close();
	}

	@Test
	void runsHandlersThatAreNotPausedWhenTheDatabaseIsBack() throws Exception {
		PostgresqlServer.execute(this.database, "insert into pulsehook_handler (id, types, paused, last_seen) "
				+ "values ('paused', 'OpenChat', 1, 0)");
		this.dispatcher.start();
		assertThat(this.dispatcher.isRunning()).isTrue();
		this.way.mend();
		Awaitility.await().atMost(PATIENCE).until(() -> this.storage.inbox().outage() == null);
		this.storage.inbox().store(List.of(ExampleEvents.openChat("c", 1)));
		Awaitility.await().atMost(PATIENCE).until(() -> this.log.contains("open"));
		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> this.dispatcher.states().values().stream().anyMatch(HandlerState::paused));
		assertThat(this.log).containsExactly("open");
		assertThat(PostgresqlServer.number(this.database, "select count(*) from pulsehook_delivery")).isEqualTo(2);
	}

	@Test
	void stopsAtOnceWhileTheDatabaseIsAway() {
		this.dispatcher.start();
		long began = System.nanoTime();
		this.dispatcher.stop();
		assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
	}

	private RegisteredHandler handler(String id) {
		EventHandler<Event> handler = (event, delivery) -> this.log.add(id);
		return new RegisteredHandler(id, Event.class, handler,
				new HandlerSettings(3, Duration.ofSeconds(1), 3, Duration.ofHours(1), Duration.ZERO, List.of(),
						List.of(), Duration.ofSeconds(60), 8, Ordering.KEY, Map.of(), null, 0, Duration.ofSeconds(10),
						Duration.ofMinutes(1), 100));
	}

}
