package io.pulsehook.dispatch;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

import io.pulsehook.dispatch.handler.HandlerSettings;
import io.pulsehook.dispatch.handler.HandlerSettings.Ordering;
import io.pulsehook.dispatch.handler.Handlers;
import io.pulsehook.dispatch.handler.RegisteredHandler;
import io.pulsehook.event.Event;
import io.pulsehook.event.OpenChat;
import io.pulsehook.inbox.ExampleEvents;
import io.pulsehook.inbox.InboxSettings;
import io.pulsehook.inbox.PostgresqlServer;
import io.pulsehook.inbox.Storage;
import io.pulsehook.inbox.model.InboxUnavailableException;
import io.pulsehook.inbox.sqlite.InterruptedAnswers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a handler gets an event as soon as it is stored, also when the answer to its
 * commit is lost.
 */
class HandoffTests {

	private static final String REFUSE_CLAIMS = """
			create function refuse() returns trigger language plpgsql as $$
			begin raise exception 'nothing is claimed'; end $$;
			create trigger refuse before update on pulsehook_delivery for each row
			when (old.runner_id is null and new.runner_id is not null) execute function refuse()
			""";

	private final String database = PostgresqlServer.create();

	private final InterruptedAnswers way = new InterruptedAnswers(PostgresqlServer.pool(this.database));

	private final Storage storage = Storage.open(new InboxSettings(Path.of("unused"), Duration.ofSeconds(10),
			DataSize.ofMegabytes(64), Duration.ofMinutes(10), Duration.ofHours(1)), this.way, null);

	private final List<String> log = new CopyOnWriteArrayList<>();

	private final Dispatcher dispatcher = TestDispatchers.create(this.storage, new Handlers(List.of(handler())),
			this.storage.clock(), Duration.ofMillis(500));

	@AfterEach
	void close() throws Exception {
		this.dispatcher.stop();
		this.storage.close();
	}

	@Test
	void runsWithoutAClaimWhatHasAPlaceWhenItIsStored() throws SQLException {
		this.dispatcher.start();
		store("before");
		awaitDone("before");
		PostgresqlServer.execute(this.database, REFUSE_CLAIMS);
		store("handed over");
		awaitDone("before", "handed over");
	}

	@Test
	void runsOnceWhatWasStoredThoughTheAnswerToItsCommitWasLost() {
		this.dispatcher.start();
		store("before");
		awaitDone("before");
		this.way.loseNext("commit");
		store("lost");
		awaitDone("before", "lost");
		store("after");
		awaitDone("before", "lost", "after");
	}

	private RegisteredHandler handler() {
		return new RegisteredHandler("h", Event.class,
				(event, delivery) -> this.log.add(Objects.requireNonNull(((OpenChat) event).contact()).id()),
				new HandlerSettings(3, Duration.ofSeconds(1), 3, Duration.ofHours(1), Duration.ZERO, List.of(),
						List.of(), Duration.ofSeconds(60), 8, Ordering.KEY, Map.of(), null, 0, Duration.ofSeconds(10),
						Duration.ofMinutes(1), 100));
	}

	// Stores the event again if storing it failed, as a sender that repeats an unanswered
	// post.
	private void store(String contact) {
		Awaitility.await()
			.ignoreException(InboxUnavailableException.class)
			.until(() -> this.storage.inbox().store(List.of(ExampleEvents.openChat(contact, 1))) != null);
	}

	private void awaitDone(String... contacts) {
		Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
			assertThat(this.log).containsExactly(contacts);
			assertThat(PostgresqlServer.number(this.database,
					"select count(*) from pulsehook_delivery where status = 'done'"))
				.isEqualTo(contacts.length);
		});
	}

}
