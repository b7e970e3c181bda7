package io.pulsehook.dispatch;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import io.pulsehook.EventHandler;
import io.pulsehook.UnrecoverableEventException;
import io.pulsehook.dispatch.handler.RegisteredHandler;
import io.pulsehook.event.Event;
import io.pulsehook.event.OpenChat;
import io.pulsehook.inbox.ExampleEvents;
import io.pulsehook.inbox.Storage;
import io.pulsehook.inbox.TestDatabase;
import io.pulsehook.inbox.model.DeliveryStatus;
import io.pulsehook.inbox.model.NewEvent;
import io.pulsehook.inbox.query.StoredDelivery;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what handlers of bursts get, and what becomes of it.
 */
class BurstTests extends BurstFixture {

	@Test
	void isWhatAContactSentUntilItWasQuiet() {
		start();
		store("c", 1);
		awaitDueIn(1, 10);
		advance(4);
		store("c", 2);
		advance(4);
		store("c", 3);
		store("d", 1);
		advance(2);
		awaitDueIn(1, 8);
		advance(7);
		assertThat(this.calls).isEmpty();
		advance(1);
		await(() -> assertThat(this.calls).extracting(Call::numbers)
			.containsExactlyInAnyOrder(List.of(1, 2, 3), List.of(1)));
		await(() -> assertThat(deliveries(1, 2, 3, 4)).extracting(StoredDelivery::status)
			.containsOnly(DeliveryStatus.DONE));
		assertThat(deliveries(1, 2, 3)).extracting(StoredDelivery::attempts).containsOnly(1);
		assertThat(callFor("c").id()).isEqualTo(delivery(1).id().toString());
	}

	@Test
	void leavesWhatComesMeanwhileToTheNextOne() {
		CountDownLatch end = new CountDownLatch(1);
		this.behaviour = (events, delivery) -> end.await();
		start();
		store("c", 1, 2);
		awaitDueIn(1, 10);
		advance(10);
		await(() -> assertThat(this.calls).extracting(Call::numbers).containsExactly(List.of(1, 2)));
		store("c", 3);
		advance(5);
		store("c", 4);
		end.countDown();
		awaitDueIn(3, 10);
		assertThat(this.calls).hasSize(1);
		advance(10);
		await(() -> assertThat(this.calls).extracting(Call::numbers).containsExactly(List.of(1, 2), List.of(3, 4)));
		assertThat(this.calls.get(1).id()).isEqualTo(delivery(3).id().toString());
	}

	@Test
	void isTheSameWhenItIsTriedAgain() {
		this.behaviour = (events, delivery) -> {
			if (delivery.attempt() < 3) {
				throw new IllegalStateException("attempt " + delivery.attempt());
			}
		};
		start();
		store("c", 1, 2);
		awaitDueIn(1, 10);
		advance(10);
		await(() -> assertThat(deliveries(1, 2)).extracting(StoredDelivery::attempts).containsExactly(1, 1));
		assertThat(deliveries(1, 2)).extracting(StoredDelivery::status).containsOnly(DeliveryStatus.RETRYING);
		assertThat(deliveries(1, 2)).extracting(StoredDelivery::lastError)
			.allMatch((error) -> error.contains("attempt 1"));
		assertThat(delivery(2).dueAt()).as("Only the first one is ever due").isNull();
		store("c", 3);
		advance(1);
		await(() -> assertThat(deliveries(1, 2)).extracting(StoredDelivery::attempts).containsExactly(2, 2));
		advance(3);
		await(() -> assertThat(deliveries(1, 2)).extracting(StoredDelivery::status).containsOnly(DeliveryStatus.DONE));
		assertThat(this.calls).extracting(Call::numbers).containsOnly(List.of(1, 2)).hasSize(3);
		assertThat(this.calls).extracting(Call::id).containsOnly(delivery(1).id().toString());
		assertThat(delivery(3).status()).isEqualTo(DeliveryStatus.PENDING);
		this.behaviour = (events, delivery) -> {
		};
		awaitDueIn(3, 6);
		advance(6);
		await(() -> assertThat(delivery(3).status()).isEqualTo(DeliveryStatus.DONE));
	}

	@Test
	void isTheSameAfterARestart() throws Exception {
		this.behaviour = (events, delivery) -> {
			throw new IllegalStateException();
		};
		start();
		store("c", 1, 2);
		awaitDueIn(1, 10);
		advance(10);
		await(() -> assertThat(delivery(2).attempts()).isEqualTo(1));
		store("c", 3);
		stop();
		this.storage.close();
		open();
		this.behaviour = (events, delivery) -> {
		};
		start();
		advance(1);
		await(() -> assertThat(deliveries(1, 2)).extracting(StoredDelivery::status).containsOnly(DeliveryStatus.DONE));
		assertThat(this.calls).extracting(Call::numbers).containsExactly(List.of(1, 2), List.of(1, 2));
		assertThat(this.calls).extracting(Call::id).containsOnly(delivery(1).id().toString());
	}

	@Test
	void makesDeadLettersOfAllItsEvents() {
		this.behaviour = (events, delivery) -> {
			throw new UnrecoverableEventException("never");
		};
		start();
		store("c", 1, 2);
		awaitDueIn(1, 10);
		advance(10);
		await(() -> assertThat(deliveries(1, 2)).extracting(StoredDelivery::status).containsOnly(DeliveryStatus.DEAD));
		assertThat(delivery(1).failures()).hasSize(1);
		assertThat(delivery(2).lastError()).isEqualTo(delivery(1).lastError());
		this.behaviour = (events, delivery) -> {
		};
		store("c", 3);
		awaitDueIn(3, 10);
		advance(10);
		await(() -> assertThat(delivery(3).status()).isEqualTo(DeliveryStatus.DONE));
	}

	@Test
	void beginsThoughTheContactIsNeverQuiet() {
		start();
		for (int number = 1; number <= 8; number++) {
			store("c", number);
			advance((number < 8) ? 8 : 3);
		}
		awaitDueIn(1, 1);
		assertThat(this.calls).isEmpty();
		advance(1);
		await(() -> assertThat(this.calls).extracting(Call::numbers).containsExactly(List.of(1, 2, 3, 4, 5, 6, 7, 8)));
	}

	@Test
	void beginsAtOnceWithAsManyEventsAsItMayHave() {
		start(this.storage, handler(3));
		store("c", 1, 2, 3, 4, 5);
		await(() -> assertThat(this.calls).extracting(Call::numbers).containsExactly(List.of(1, 2, 3)));
		awaitDueIn(4, 10);
		advance(10);
		await(() -> assertThat(this.calls).extracting(Call::numbers).containsExactly(List.of(1, 2, 3), List.of(4, 5)));
	}

	@Test
	void beginsAtOnceWithAsManyBytesAsItMayHave() {
		start();
		this.storage.inbox().store(List.of(large(1, 1_500), large(2, 1_500), large(3, 1_500)));
		await(() -> assertThat(this.calls).extracting(Call::numbers).containsExactly(List.of(1, 2)));
		awaitDueIn(3, 10);
		this.storage.inbox().store(List.of(large(4, 5_000), large(5, 1)));
		advance(10);
		await(() -> assertThat(this.calls).extracting(Call::numbers)
			.containsExactly(List.of(1, 2), List.of(3), List.of(4), List.of(5)));
		await(() -> assertThat(delivery(5).status()).isEqualTo(DeliveryStatus.DONE));
	}

	private static NewEvent large(int number, int kilobytes) {
		String body = """
				{"title":"open_chat","bot":{"id":"b"},"contact":{"id":"c","name":"%d"},"more":"%s"}""".formatted(number,
				"x".repeat(kilobytes * 1024));
		return ExampleEvents.event("OpenChat", "c", (long) "c".hashCode(),
				ExampleEvents.identity("large " + number, false), body);
	}

	@Test
	void isNotWaitedForWithoutAContact() {
		start();
		this.storage.inbox()
			.store(List.of(ExampleEvents.event("OpenChat", null, null, ExampleEvents.identity("bare", false), """
					{"title":"open_chat","contact":{"name":"1"}}""")));
		await(() -> assertThat(delivery(1).status()).isEqualTo(DeliveryStatus.DONE));
		assertThat(this.calls).extracting(Call::numbers).containsExactly(List.of(1));
	}

	@Test
	void isNotReplayedAsAWhole() {
		start();
		handle("c", 1, 2, 3);
		replay(2);
		await(() -> assertThat(this.calls).hasSize(2));
		assertThat(this.calls.get(1).numbers()).containsExactly(2);
		assertThat(this.calls.get(1).id()).isEqualTo(delivery(2).id().toString());
		assertThat(this.calls.get(1).run()).isEqualTo(2);
		await(() -> assertThat(delivery(2).status()).isEqualTo(DeliveryStatus.DONE));
		assertThat(deliveries(1, 3)).extracting(StoredDelivery::run).containsOnly(1);
	}

	@Test
	void isNotReplayedAsAWholeByAFormerVersion() throws Exception {
		start();
		handle("c", 1, 2, 3);
		stop();
		// A former version does not know the column and leaves it as it is.
		this.database.execute(this.directory, """
				update pulsehook_delivery set status = 'pending', run = 2, attempts = 0, due_at = 0, finished_at = null,
					replay_id = 1, position = 7 where event_id = 1""");
		start();
		await(() -> assertThat(this.calls).hasSize(2));
		assertThat(this.calls.get(1).numbers()).containsExactly(1);
		await(() -> assertThat(delivery(1).status()).isEqualTo(DeliveryStatus.DONE));
		assertThat(deliveries(2, 3)).extracting(StoredDelivery::attempts).containsOnly(1);
	}

	@Test
	void doesNotOvertakeAReplay() {
		start();
		handle("c", 1);
		CountDownLatch end = new CountDownLatch(1);
		this.behaviour = (events, delivery) -> end.await();
		handleBegun("c", 2);
		replay(1);
		store("c", 3);
		end.countDown();
		await(() -> assertThat(this.calls).extracting(Call::numbers)
			.containsExactly(List.of(1), List.of(2), List.of(1)));
		awaitDueIn(3, 10);
	}

	@Test
	void leavesNothingBehindThatIsErasedMeanwhile() {
		CountDownLatch end = new CountDownLatch(1);
		this.behaviour = (events, delivery) -> end.await();
		start();
		handleBegun("c", 1, 2);
		store("c", 3);
		assertThat(this.storage.erasure().erase("c", (body) -> "c").events()).isEqualTo(3);
		end.countDown();
		store("c", 4);
		awaitDueIn(4, 10);
		advance(10);
		await(() -> assertThat(delivery(4).status()).isEqualTo(DeliveryStatus.DONE));
		assertThat(this.calls).extracting(Call::numbers).containsExactly(List.of(1, 2), List.of(4));
		assertThat(this.database.number(this.directory, "select count(*) from pulsehook_delivery")).isEqualTo(1);
	}

	@Test
	void isNotBegunWhenItIsErasedWhileItWaits() {
		start();
		store("c", 1, 2);
		awaitDueIn(1, 10);
		this.storage.erasure().erase("c", (body) -> "c");
		store("d", 1);
		awaitDueIn(3, 10);
		advance(10);
		await(() -> assertThat(this.calls).extracting(Call::contact).containsExactly("d"));
	}

	@Test
	void isGivenUpAsAWholeWhenTheProcessEndedThreeTimes() throws Exception {
		decide("c", 1, 2);
		this.database.execute(this.directory,
				"insert into pulsehook_interruption (event_id, handler, run, times) values (1, 'h', 1, 3)");
		start();
		await(() -> assertThat(deliveries(1, 2)).extracting(StoredDelivery::status).containsOnly(DeliveryStatus.DEAD));
		assertThat(delivery(2).lastError()).contains("The process ended 3 times");
		assertThat(this.calls).isEmpty();
	}

	@Test
	void beginsAnewWithWhatAFormerVersionLeftOfIt() throws Exception {
		decide("c", 1, 2, 3);
		this.database.execute(this.directory,
				"update pulsehook_delivery set status = 'done', attempts = 1, finished_at = 1, due_at = null "
						+ "where event_id = 1",
				"update pulsehook_delivery set due_at = 1 where event_id = 2");
		start();
		awaitDueIn(2, 10);
		advance(10);
		await(() -> assertThat(deliveries(2, 3)).extracting(StoredDelivery::status).containsOnly(DeliveryStatus.DONE));
		assertThat(this.calls).extracting(Call::numbers).containsExactly(List.of(2, 3));
		assertThat(this.calls.get(0).id()).as("What knows the id of the first one would do nothing")
			.isEqualTo(delivery(2).id().toString());
	}

	@Test
	void goesOnAsAWholeAfterAFormerVersionFailed() throws Exception {
		decide("c", 1, 2);
		this.database.execute(this.directory, "update pulsehook_delivery set status = 'retrying', attempts = 1, "
				+ "last_error = 'a former one' where event_id = 1");
		start();
		await(() -> assertThat(deliveries(1, 2)).extracting(StoredDelivery::status).containsOnly(DeliveryStatus.DONE));
		assertThat(deliveries(1, 2)).extracting(StoredDelivery::attempts).containsOnly(2);
		assertThat(this.calls).extracting(Call::numbers).containsExactly(List.of(1, 2));
	}

	@Test
	void isTakenApartByAHandlerOfSingleEvents() throws Exception {
		decide("c", 1, 2);
		CountDownLatch begun = new CountDownLatch(2);
		EventHandler<Event> single = (event, delivery) -> begun.countDown();
		start(this.storage, new RegisteredHandler("h", OpenChat.class, single, settings(100)));
		await(() -> assertThat(deliveries(1, 2)).extracting(StoredDelivery::status).containsOnly(DeliveryStatus.DONE));
		assertThat(begun.getCount()).isZero();
	}

	@Test
	void isADeadLetterWhenOneOfItsEventsCannotBeRead() throws Exception {
		decide("c", 1, 2);
		this.database.execute(this.directory, "update pulsehook_event set type = 'Unknown' where id = 2");
		start();
		await(() -> assertThat(deliveries(1, 2)).extracting(StoredDelivery::status).containsOnly(DeliveryStatus.DEAD));
		assertThat(delivery(1).lastError()).contains("The event was stored as Unknown");
		assertThat(this.calls).isEmpty();
	}

	@Test
	void runsOnceWithTwoReplicas() throws Exception {
		if (this.database == TestDatabase.SQLITE) {
			return;
		}
		try (Storage other = this.database.open(this.directory, this.clock)) {
			start();
			start(other, handler(100));
			for (int contact = 1; contact <= 20; contact++) {
				store("c" + contact, 1, 2);
			}
			advance(5);
			for (int contact = 1; contact <= 20; contact++) {
				store("c" + contact, 3);
			}
			advance(5);
			awaitDueIn(1, 5);
			advance(5);
			await(() -> assertThat(this.storage.deliveries().unfinished()).isEmpty());
			assertThat(this.calls).hasSize(20).extracting(Call::numbers).containsOnly(List.of(1, 2, 3));
			stop();
		}
	}

	private void handle(String contact, int... numbers) {
		int before = this.calls.size();
		handleBegun(contact, numbers);
		await(() -> assertThat(this.storage.deliveries().unfinished()).isEmpty());
		assertThat(this.calls).hasSize(before + 1);
	}

	private void handleBegun(String contact, int... numbers) {
		int before = this.calls.size();
		store(contact, numbers);
		advance(10);
		await(() -> assertThat(this.calls).hasSize(before + 1));
	}

	// Stores events, and what the decision about their burst writes.
	private void decide(String contact, int... numbers) throws Exception {
		this.storage.inbox().subscribe(List.of(handler(100).subscription()), (arrivals) -> {
		});
		store(contact, numbers);
		this.database.execute(this.directory, "update pulsehook_delivery set burst = 1");
	}

	private void replay(long event) {
		Replayer replayer = new Replayer(this.storage.replays(), this.storage.threads());
		replayer.start();
		try {
			long replay = this.storage.replays().create(event, Set.of("h"), true).id();
			await(() -> assertThat(this.storage.replays().find(replay).orElseThrow().deliveries()).isEqualTo(1));
		}
		finally {
			replayer.stop();
		}
	}

	private Call callFor(String contact) {
		return this.calls.stream().filter((call) -> call.contact().equals(contact)).findFirst().orElseThrow();
	}

	private List<StoredDelivery> deliveries(long... events) {
		return LongStream.of(events).mapToObj(this::delivery).toList();
	}

}
