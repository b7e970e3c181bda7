package io.pulsehook.inbox.reconciliation;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.pulsehook.inbox.ExampleEvents;
import io.pulsehook.inbox.StorageFixture;
import io.pulsehook.inbox.TestDatabase;
import io.pulsehook.inbox.model.EventKind;
import io.pulsehook.inbox.model.NewEvent;
import io.pulsehook.inbox.upkeep.Housekeeper;
import io.pulsehook.inbox.upkeep.RetentionPeriods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Tests for {@link StoredReconciliations}.
 */
class StoredReconciliationsTests extends StorageFixture {

	private static final Duration DAY = Duration.ofDays(1);

	private static final Duration QUARTER = Duration.ofMinutes(15);

	private StoredReconciliations store;

	@BeforeEach
	void prepare() {
		this.store = this.storage.reconciliations();
	}

	@Test
	void beginsOneAtATime() {
		long first = this.store.begin(DAY);
		assertThat(this.store.begin(Duration.ofHours(1))).isEqualTo(first);
		assertThat(this.store.running()).hasValue(first);
		assertThat(this.store.find(first)).hasValueSatisfying((begun) -> {
			assertThat(begun.status()).isEqualTo(StoredReconciliation.RUNNING);
			assertThat(begun.scheduled()).isFalse();
			assertThat(begun.from()).isEqualTo(now().minus(DAY));
			assertThat(begun.to()).isEqualTo(now());
			assertThat(begun.startedAt()).isEqualTo(now());
			assertThat(begun.finishedAt()).isNull();
			assertThat(begun.cursor()).isNull();
		});
		end(first, "done");
		long second = this.store.begin(DAY);
		assertThat(this.store.newest(5)).extracting(StoredReconciliation::id).containsExactly(second, first);
		assertThat(this.store.newest(1)).extracting(StoredReconciliation::id).containsExactly(second);
	}

	@Test
	void keepsHowFarOneHasComeAndWhyItEnded() {
		long id = begin();
		assertThat(this.store.advance(id, "me", 3, "at c1", List.of(missing("c1", "a"), missing("c1", "b")))).isTrue();
		assertThat(this.store.advance(id, "me", 2, "at c2", List.of(missing("c0", "c")))).isTrue();
		assertThat(this.store.find(id).orElseThrow())
			.extracting(StoredReconciliation::contacts, StoredReconciliation::missing, StoredReconciliation::stored,
					StoredReconciliation::cursor)
			.containsExactly(5L, 3L, 0L, "at c2");
		this.clock.advance(QUARTER);
		assertThat(this.store.end(id, "me", "failed", "It could not go on.")).isTrue();
		assertThat(this.store.find(id).orElseThrow())
			.extracting(StoredReconciliation::status, StoredReconciliation::error, StoredReconciliation::finishedAt)
			.containsExactly("failed", "It could not go on.", now());
		assertThat(this.store.missing().of(id)).extracting(StoredMissing::contact, StoredMissing::text)
			.containsExactly(tuple("c0", "c"), tuple("c1", "a"), tuple("c1", "b"));
	}

	@Test
	void isWorkedOnByOneProcessAtATime() throws Exception {
		long id = begin();
		assertThat(this.store.take(id, "other")).isEqualTo(this.database == TestDatabase.SQLITE);
		assertThat(this.store.take(id, "me")).isTrue();
		this.store.release(id, "me");
		assertThat(this.store.take(id, "other")).isTrue();
		if (this.database == TestDatabase.POSTGRESQL) {
			assertThat(this.store.advance(id, "me", 1, "late", List.of(missing("c", "a")))).isFalse();
			assertThat(this.store.end(id, "me", "done", null)).isFalse();
			assertThat(this.store.missing().of(id)).isEmpty();
			this.database.execute(this.directory, "update pulsehook_reconciliation set lease_until = 1");
			assertThat(this.store.take(id, "third")).isTrue();
		}
	}

	@Test
	void goesOnAfterARestart() throws Exception {
		long id = begin();
		this.store.advance(id, "me", 3, "at c1", List.of(missing("c1", "a")));
		this.storage.close();
		this.storage = this.database.open(this.directory, this.clock);
		this.store = this.storage.reconciliations();
		assertThat(this.store.running()).hasValue(id);
		assertThat(this.store.take(id, "me")).isTrue();
		assertThat(this.store.find(id).orElseThrow().cursor()).isEqualTo("at c1");
	}

	@Test
	void keepsWhatIsFoundTwiceOnce() {
		long id = begin();
		this.store.advance(id, "me", 1, "at c1", List.of(missing("c1", "a")));
		this.store.advance(id, "me", 1, "at c1", List.of(missing("c1", "a"), missing("c1", "b"), missing("c2", "a")));
		assertThat(this.store.find(id).orElseThrow().missing()).isEqualTo(3);
	}

	@Test
	void beginsWhenTheScheduleWantsItAndLooksBackToTheLastOne() {
		this.store.beginIfDue(QUARTER, DAY, QUARTER);
		long first = this.store.running().orElseThrow();
		Instant began = now();
		assertThat(this.store.find(first).orElseThrow().from()).isEqualTo(began.minus(DAY));
		this.clock.advance(QUARTER);
		this.store.beginIfDue(QUARTER, DAY, QUARTER);
		assertThat(this.store.running()).hasValue(first);
		end(first, "done");
		this.clock.advance(Duration.ofMinutes(5));
		this.store.beginIfDue(QUARTER, DAY, QUARTER);
		long second = this.store.running().orElseThrow();
		assertThat(this.store.find(second).orElseThrow().from()).isEqualTo(began.minus(QUARTER));
		assertThat(this.store.lastCompared()).hasValueSatisfying((last) -> assertThat(last.id()).isEqualTo(first));
		assertThat(this.store.lastScheduled()).hasValue(now());
		end(second, "failed");
		assertThat(this.store.lastCompared()).hasValueSatisfying((last) -> assertThat(last.id()).isEqualTo(first));
		this.store.beginIfDue(QUARTER, DAY, QUARTER);
		assertThat(this.store.running()).isEmpty();
		this.clock.advance(Duration.ofDays(3));
		this.store.beginIfDue(QUARTER, DAY, QUARTER);
		assertThat(this.store.find(this.store.running().orElseThrow()).orElseThrow().from())
			.isEqualTo(now().minus(DAY));
	}

	@Test
	void reportsOnScheduleWhatWasNotReportedBefore() {
		long asked = begin();
		this.store.advance(asked, "me", 1, "at c1", List.of(missing("c1", "a")));
		end(asked, "done");
		this.store.beginIfDue(QUARTER, DAY, QUARTER);
		long scheduled = this.store.running().orElseThrow();
		this.store.take(scheduled, "me");
		this.store.advance(scheduled, "me", 1, "at c1", List.of(missing("c1", "a"), missing("c1", "b")));
		assertThat(this.store.missing().of(scheduled)).extracting(StoredMissing::text).containsExactly("b");
		end(scheduled, "done");
		long again = begin();
		this.store.advance(again, "me", 1, "at c1",
				List.of(missing("c1", "a"), missing("c1", "b"), missing("c1", "c")));
		assertThat(this.store.missing().of(again)).hasSize(3);
		assertThat(this.store.find(again).orElseThrow().newlyFound()).isEqualTo(1);
		assertThat(this.store.missing().outstanding()).isEqualTo(3);
	}

	@Test
	void keepsWhatWasStoredAndRemovesWhatArrived() {
		long id = begin();
		this.store.advance(id, "me", 1, "at c1", List.of(missing("c1", "a"), missing("c1", "b"), missing("c1", "c")));
		List<StoredMissing> found = this.store.missing().of(id);
		this.store.missing().markStored(Map.of(found.get(0).id(), 7L, found.get(1).id(), 8L));
		this.store.missing().markStored(Map.of(found.get(0).id(), 9L));
		this.store.missing().remove(List.of(found.get(2).id()));
		assertThat(this.store.missing().of(id)).extracting(StoredMissing::event).containsExactly(7L, 8L);
		assertThat(this.store.find(id).orElseThrow())
			.extracting(StoredReconciliation::missing, StoredReconciliation::stored)
			.containsExactly(2L, 2L);
	}

	@Test
	void marksWhatWasStoredForAllThatFoundIt() {
		long first = begin();
		this.store.advance(first, "me", 1, "at c1", List.of(missing("c1", "a"), missing("c2", "a")));
		end(first, "done");
		long again = begin();
		this.store.advance(again, "me", 1, "at c1", List.of(missing("c1", "a"), missing("c1", "b")));
		this.store.missing().markStored(Map.of(this.store.missing().of(again).get(0).id(), 7L));
		assertThat(this.store.missing().of(first)).extracting(StoredMissing::event).containsExactly(7L, null);
		assertThat(this.store.missing().of(again)).extracting(StoredMissing::event).containsExactly(7L, null);
	}

	@Test
	void keepsNothingOfWhomWasErased() {
		long id = begin();
		this.store.advance(id, "me", 1, "at c1", List.of(missing("c1", "a"), missing("c2", "b")));
		assertThat(this.store.messages().isErased("c1")).isFalse();
		this.storage.erasure().erase("c1", (body) -> null);
		assertThat(this.store.messages().isErased("c1")).isTrue();
		assertThat(this.store.missing().of(id)).extracting(StoredMissing::contact).containsExactly("c2");
		this.store.advance(id, "me", 1, "at c1", List.of(missing("c1", "again")));
		assertThat(this.store.missing().of(id)).extracting(StoredMissing::contact).containsExactly("c2");
	}

	@Test
	void goesWithItsMessagesAfterTheRetentionAndSoDoHashes() {
		long id = begin();
		this.store.advance(id, "me", 1, "at c1", List.of(missing("c1", "a")));
		end(id, "done");
		this.storage.erasure().erase("c9", (body) -> null);
		Housekeeper housekeeper = this.storage.housekeeper(new RetentionPeriods(DAY, DAY.multipliedBy(2)));
		housekeeper.runOnce();
		assertThat(this.store.find(id)).isPresent();
		this.clock.advance(DAY);
		long running = this.store.begin(DAY);
		housekeeper.runOnce();
		assertThat(this.store.find(id)).isEmpty();
		assertThat(this.store.find(running)).isPresent();
		assertThat(this.database.number(this.directory, "select count(*) from pulsehook_missing")).isZero();
		assertThat(this.store.messages().isErased("c9")).isTrue();
		this.clock.advance(DAY);
		housekeeper.runOnce();
		assertThat(this.store.messages().isErased("c9")).isFalse();
	}

	@Test
	void findsTheBotsThatHaveSentMessages() {
		store("default", "b1", "c1", at(10));
		store("default", "b1", "c2", at(5));
		store("shop", "b2", "c3", at(20));
		this.storage.inbox().store(List.of(ExampleEvents.openChat("c4", 1)));
		assertThat(bots()).containsExactlyInAnyOrder(bot("b1", "default", at(5), 2), bot("b2", "shop", at(20), 3));
		store("moved", "b1", "c1", at(30));
		assertThat(bots()).containsExactlyInAnyOrder(bot("b1", "moved", at(5), 5), bot("b2", "shop", at(20), 3));
		this.storage.erasure().erase("c3", (body) -> null);
		assertThat(bots()).containsExactly(bot("b1", "moved", at(5), 5));
	}

	@Test
	void readsTheMessagesOfAContact() {
		NewEvent early = store("default", "b1", "c1", at(0));
		NewEvent in = store("default", "b1", "c1", at(10));
		store("default", "b1", "c2", at(10));
		store("default", "b1", "c1", at(21));
		ContactMessages messages = this.store.messages();
		long first = messages.firstSince(at(0));
		assertThat(first).isEqualTo(1);
		assertThat(messages.firstSince(now().plus(DAY))).isEqualTo(5);
		assertThat(messages.of("c1", first, at(0), at(20))).satisfiesExactly(
				(message) -> assertThat(message.body()).isEqualTo(early.body()),
				(message) -> assertThat(message.body()).isEqualTo(in.body()));
		assertThat(messages.of("c1", 2, at(0), at(20))).extracting(StoredMessage::event, StoredMessage::at)
			.containsExactly(tuple(2L, at(10)));
		assertThat(messages.of("c1", 5, at(0), at(20))).isEmpty();
		assertThat(messages.newest()).isEqualTo(4);
	}

	@Test
	void isGoneWhenATestCleansUp() {
		long id = begin();
		store("default", "b1", "c1", at(0));
		this.storage.erasure().erase("c1", (body) -> null);
		this.storage.erasure().eraseAfter(0);
		assertThat(this.store.find(id)).isEmpty();
		assertThat(this.store.messages().isErased("c1")).isFalse();
		assertThat(this.store.advance(id, "me", 1, "at c1", List.of())).isFalse();
	}

	private long begin() {
		long id = this.store.begin(DAY);
		assertThat(this.store.take(id, "me")).isTrue();
		return id;
	}

	private void end(long id, String status) {
		this.store.take(id, "me");
		assertThat(this.store.end(id, "me", status, null)).isTrue();
	}

	private List<KnownBot> bots() {
		return this.store.bots(this.store.begin(DAY), () -> {
		});
	}

	private static KnownBot bot(String id, String source, Instant first, long newest) {
		return new KnownBot(id, source, "telegram", first.toEpochMilli(), newest);
	}

	private NewEvent store(String source, String bot, String contact, @Nullable Instant at) {
		byte[] body = "{\"title\":\"incoming_message\",\"date\":\"%s\"}".formatted(at).getBytes(StandardCharsets.UTF_8);
		NewEvent event = new NewEvent(source, EventKind.CHATBOT, "IncomingMessage", "incoming_message", "telegram", bot,
				contact, null, ExampleEvents.identity(source + bot + contact + at, false), at, null, body, 0);
		this.storage.inbox().store(List.of(event));
		return event;
	}

	private static StoredMissing missing(String contact, String text) {
		return new StoredMissing(0, "default", "telegram", "b1", contact, null, null, at(0), text,
				"{\"text\":\"" + text + "\"}", 0, null);
	}

	private Instant now() {
		return this.clock.instant();
	}

	private static Instant at(int minute) {
		return Instant.parse("2026-01-31T11:00:00Z").plus(Duration.ofMinutes(minute));
	}

}
