package io.pulsehook.reconcile;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import io.pulsehook.event.IncomingMessage;
import io.pulsehook.inbox.TestDatabase;
import io.pulsehook.inbox.TestDatabase.Hindrance;
import io.pulsehook.inbox.model.InboxUnavailableException;
import io.pulsehook.inbox.upkeep.RetentionPeriods;
import io.pulsehook.sendpulse.QuickAccount;
import io.pulsehook.test.MessageBuilder;
import io.pulsehook.test.sendpulse.FakeAnswer;
import io.pulsehook.test.sendpulse.FakeMessage;
import io.pulsehook.test.sendpulse.FakeSendPulse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link ReconciliationTask}.
 */
class ReconciliationTaskTests extends ReconciliationFixture {

	@Test
	void findsAndStoresWhatWasLost() {
		arrive("c1", "hi", Duration.ofHours(2));
		lose("c1", "lost", Duration.ofHours(1));
		Reconciliation done = reconcile();
		assertThat(done.status()).isEqualTo(ReconciliationStatus.DONE);
		assertThat(done.contacts()).isEqualTo(2);
		assertThat(done.missing()).isEqualTo(1);
		assertThat(this.reconciliations.missing(done.id())).singleElement().satisfies((message) -> {
			assertThat(message.text()).isEqualTo("lost");
			assertThat(message.contact()).isEqualTo("c1");
			assertThat(message.at()).isEqualTo(ago(Duration.ofHours(1)));
			assertThat(message.event()).isNull();
		});
		assertThat(this.reconciliations.store(done.id())).isEqualTo(1);
		assertThat(this.reconciliations.store(done.id())).isZero();
		MissingMessage stored = this.reconciliations.missing(done.id()).get(0);
		assertThat(stored.event()).isEqualTo(3);
		assertThat(text(3)).isEqualTo("lost");
		assertThat(body(3)).contains("\"reconciled\":true");
		assertThat(this.reconciliations.find(done.id()).orElseThrow().stored()).isEqualTo(1);
		assertThat(reconcile().missing()).isZero();
	}

	@Test
	void goesOnWhereItWasKilled() throws Exception {
		for (int i = 0; i < 60; i++) {
			arrive("c%02d".formatted(i), "hi", Duration.ofHours(2));
			lose("c%02d".formatted(i), "lost " + i, Duration.ofHours(1));
		}
		lose("first", "lost", Duration.ofHours(1));
		Reconciliation begun = this.reconciliations.start(DAY);
		assertThatExceptionOfType(Killed.class).isThrownBy(() -> this.task.work((time) -> {
			if (histories().size() == 55) {
				throw new Killed();
			}
			return false;
		}));
		long compared = find(begun).contacts();
		assertThat(compared).isBetween(1L, 55L);
		assertThat(find(begun)).extracting(Reconciliation::status, Reconciliation::missing)
			.containsExactly(ReconciliationStatus.RUNNING, compared);
		this.database.execute(this.directory, "update pulsehook_reconciliation set lease_until = 1");
		task(null).work((time) -> false);
		assertThat(find(begun)).extracting(Reconciliation::status, Reconciliation::contacts, Reconciliation::missing)
			.containsExactly(ReconciliationStatus.DONE, 61L, 61L);
		assertThat(histories()).hasSize(55 + 61 - (int) compared);
		assertThat(this.reconciliations.missing(begun.id())).extracting(MissingMessage::contact)
			.doesNotHaveDuplicates();
	}

	@Test
	void letsAnotherProcessGoOnWhenThisOneEnds() {
		for (int i = 0; i < 5; i++) {
			arrive("c" + i, "hi", Duration.ofHours(2));
		}
		Reconciliation begun = this.reconciliations.start(DAY);
		this.task.work((time) -> histories().size() == 3);
		assertThat(find(begun)).extracting(Reconciliation::status, Reconciliation::contacts)
			.containsExactly(ReconciliationStatus.RUNNING, 3L);
		task(null).work((time) -> false);
		assertThat(find(begun)).extracting(Reconciliation::status, Reconciliation::contacts)
			.containsExactly(ReconciliationStatus.DONE, 6L);
		assertThat(histories()).hasSize(6).doesNotHaveDuplicates();
	}

	@Test
	void endsWithoutAWordWhenAnotherProcessHasIt() throws Exception {
		if (this.database == TestDatabase.SQLITE) {
			return;
		}
		Reconciliation begun = this.reconciliations.start(DAY);
		this.task.work((time) -> {
			take(this.database, this.directory);
			return false;
		});
		assertThat(find(begun).status()).isEqualTo(ReconciliationStatus.RUNNING);
		this.task.work((time) -> false);
		assertThat(find(begun).status()).isEqualTo(ReconciliationStatus.RUNNING);
	}

	private static void take(TestDatabase database, Path directory) {
		try {
			database.execute(directory,
					"update pulsehook_reconciliation set runner = 'other', lease_until = 9223372036854775807");
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void pausesAsLongAsIsAskedForAndElseLongerEachTime() {
		for (int i = 0; i < 3; i++) {
			this.server.failNext("chats/messages", FakeAnswer.status(429));
		}
		this.server.failNext("chats/messages", FakeAnswer.tooManyRequests("30"));
		this.server.failNext("chats/messages", FakeAnswer.html(502));
		this.server.failNext("chats/messages", FakeAnswer.status(500));
		Reconciliation done = reconcile();
		assertThat(done.status()).isEqualTo(ReconciliationStatus.DONE);
		assertThat(this.pauses.stream().mapToLong(Duration::toSeconds).sum()).isEqualTo(1 + 2 + 4 + 30 + 16 + 32);
		assertThat(done.contacts()).isEqualTo(1);
	}

	@Test
	void failsWhenCallsHaveFailedForTenMinutes() {
		this.server.failEvery(1, FakeAnswer.status(500));
		Instant began = this.clock.instant();
		Reconciliation failed = reconcile();
		assertThat(failed.status()).isEqualTo(ReconciliationStatus.FAILED);
		assertThat(failed.error()).contains("10 minutes").contains("500");
		assertThat(Duration.between(began, this.clock.instant())).isBetween(Duration.ofMinutes(10),
				Duration.ofMinutes(12));
	}

	@Test
	void failsAtOnceWhenTheLoginIsRefused() {
		this.server.refuseLogins(true);
		Reconciliation failed = reconcile();
		assertThat(failed.status()).isEqualTo(ReconciliationStatus.FAILED);
		assertThat(failed.error()).contains("pulsehook.sendpulse").contains("refuses the login");
		assertThat(this.pauses).isEmpty();
	}

	@Test
	void leavesOutAContactWhomSendPulseDoesNotKnowAnyMore() {
		arrive("c2", "hi", Duration.ofHours(2));
		lose("c1", "lost", Duration.ofHours(1));
		this.server.failNext("chats/messages", FakeAnswer.status(404));
		Reconciliation done = reconcile();
		assertThat(done.status()).isEqualTo(ReconciliationStatus.DONE);
		assertThat(histories().get(0)).isEqualTo("c2");
		assertThat(this.reconciliations.missing(done.id())).extracting(MissingMessage::contact).containsExactly("c1");
	}

	@Test
	void comparesTheOtherAccountsAndFailsIfOneRefusesToBeAsked() throws Exception {
		try (FakeSendPulse shop = new FakeSendPulse()) {
			shop.limit(Integer.MAX_VALUE);
			this.sendPulse = QuickAccount.of(this.server, Map.of("shop", shop));
			for (String contact : List.of("s1", "s2")) {
				MessageBuilder<IncomingMessage> message = message(contact, "hi", Duration.ofHours(2)).bot("b2");
				shop.receive(message.build()).add(FakeMessage.ofContact("lost").at(ago(Duration.ofHours(1))));
				this.receiver.receive("shop", message.json().getBytes(StandardCharsets.UTF_8));
			}
			this.server.failEvery(1, FakeAnswer.status(403));
			this.task = task(null);
			Reconciliation begun = this.reconciliations.start(DAY);
			this.task.work((time) -> histories(shop).size() == 1);
			assertThat(find(begun).contacts()).isEqualTo(1);
			work(task(null));
			assertThat(find(begun))
				.extracting(Reconciliation::status, Reconciliation::contacts, Reconciliation::missing)
				.containsExactly(ReconciliationStatus.FAILED, 2L, 2L);
			assertThat(find(begun).error()).contains("The account pulsehook.sendpulse ").contains("403");
		}
	}

	@Test
	void endsWhenPagesComeRoundAgain() {
		for (int i = 0; i < 5; i++) {
			for (String id : List.of("m1", "m2")) {
				this.server.failNext("chats/messages", FakeAnswer.status(200, """
						{"success":true,"data":[{"id":"%s","direction":2,"created_at":"%s"}]}""".formatted(id,
						ago(Duration.ofHours(1)))));
				this.server.failNext("chatbots/dialogs", FakeAnswer.status(200, """
						{"success":true,"data":{"list":[{"bot_id":"b1","contact":{"id":"%s"},"service":3,
						"last_inbox_message":{"text":"hi","date":"%s"}}],"search_after":"%s"}}""".formatted(id,
						ago(Duration.ofHours(1)), id)));
			}
		}
		assertThat(reconcile().status()).isEqualTo(ReconciliationStatus.DONE);
		assertThat(this.server.requests()).filteredOn((request) -> "chatbots/dialogs".equals(request.operation()))
			.hasSizeLessThan(10);
		assertThat(histories().stream().filter(histories().get(0)::equals)).hasSizeLessThan(10);
	}

	@Test
	void findsWhoWritesWhileTheDialogsAreRead() {
		this.server.largestPage(20);
		for (int i = 0; i < 30; i++) {
			arrive("c%03d".formatted(i), "hi", Duration.ofMinutes(700 - i));
		}
		lose("c000", "lost", Duration.ofMinutes(690));
		Reconciliation begun = this.reconciliations.start(DAY);
		boolean[] written = { false };
		this.task.work((time) -> {
			if (!written[0] && !this.server.requests().isEmpty()) {
				written[0] = true;
				arrive("c000", "now", Duration.ZERO);
			}
			return false;
		});
		assertThat(find(begun).contacts()).isEqualTo(31);
		assertThat(this.reconciliations.missing(begun.id())).extracting(MissingMessage::text).containsExactly("lost");
	}

	@Test
	void doesNotReportWhatArrivesMeanwhile() {
		arrive("c2", "hi", Duration.ofHours(3));
		MessageBuilder<IncomingMessage> late = message("c2", "late", Duration.ofHours(2));
		this.server.receive(late.build());
		lose("c2", "late", Duration.ofMinutes(115));
		arrive("c1", "hi", Duration.ofHours(3));
		Reconciliation begun = this.reconciliations.start(DAY);
		this.task.work((time) -> {
			if (histories().size() == 2) {
				receive(late.json());
			}
			return false;
		});
		assertThat(this.reconciliations.missing(begun.id())).extracting(MissingMessage::at)
			.containsExactly(ago(Duration.ofMinutes(115)));
	}

	@Test
	void doesNotReportWhatTheRetentionHasDeletedMeanwhile() {
		arrive("c1", "hi", Duration.ofHours(2));
		this.retention = Duration.ofHours(1);
		this.clock.advance(Duration.ofMinutes(90));
		this.storage.housekeeper(new RetentionPeriods(this.retention, this.retention)).runOnce();
		arrive("c2", "came late", Duration.ofHours(5));
		lose("c1", "lost", Duration.ofMinutes(30));
		this.task = task(null);
		Reconciliation done = reconcile();
		assertThat(this.reconciliations.missing(done.id())).extracting(MissingMessage::text).containsExactly("lost");
	}

	@Test
	void doesNotStoreWhatHasArrivedSince() {
		arrive("c1", "ok", Duration.ofMinutes(125));
		lose("c1", "ok", Duration.ofMinutes(124));
		lose("c1", "ok", Duration.ofMinutes(123));
		Reconciliation done = reconcile();
		assertThat(done.missing()).isEqualTo(2);
		receive(message("c1", "ok", Duration.ofMinutes(123)).json());
		assertThat(this.reconciliations.store(done.id())).isEqualTo(1);
		assertThat(this.reconciliations.missing(done.id())).extracting(MissingMessage::event).containsExactly(4L, 3L);
		assertThat(this.reconciliations.store(done.id())).isZero();
	}

	@Test
	void doesNotTakeWhatAnOperatorWroteForWhatWasLost() {
		arrive("c1", "hi", Duration.ofHours(3));
		lose("c1", "ok", Duration.ofHours(2));
		Reconciliation done = reconcile();
		String echo = message("c1", "ok", Duration.ofHours(2)).json()
			.replace("\"text\":\"ok\"", "\"text\":\"ok\",\"is_echo\":true");
		assertThat(echo).contains("is_echo");
		receive(echo);
		assertThat(this.reconciliations.store(done.id())).isEqualTo(1);
	}

	@Test
	void storesOnceWhatACrashLeftUnmarked() throws Exception {
		arrive("c1", "hi", Duration.ofHours(2));
		for (int i = 0; i < 3; i++) {
			this.server.contact("c1")
				.add(FakeMessage.ofContact("alike").withIds(null, null).at(ago(Duration.ofHours(1))));
		}
		Reconciliation done = reconcile();
		assertThat(done.missing()).isEqualTo(3);
		try (Hindrance crash = this.database.refuse(this.directory, "update on pulsehook_missing", "true", "no")) {
			assertThatExceptionOfType(InboxUnavailableException.class)
				.isThrownBy(() -> this.reconciliations.store(done.id()));
		}
		assertThat(this.storage.events().newestId()).isEqualTo(5);
		assertThat(this.reconciliations.store(done.id())).isZero();
		assertThat(this.reconciliations.missing(done.id())).extracting(MissingMessage::event)
			.containsExactlyInAnyOrder(3L, 4L, 5L);
		assertThat(this.storage.events().newestId()).isEqualTo(5);
	}

	@Test
	void leavesWhomWasErasedAlone() {
		arrive("c1", "hi", Duration.ofHours(2));
		arrive("c2", "hi", Duration.ofHours(2));
		lose("c1", "lost", Duration.ofHours(1));
		lose("c2", "lost", Duration.ofHours(1));
		erase("c1");
		Reconciliation done = reconcile();
		assertThat(this.reconciliations.missing(done.id())).extracting(MissingMessage::contact).containsExactly("c2");
		assertThat(histories()).noneMatch("c1"::equals);
		erase("c2");
		assertThat(this.reconciliations.store(done.id())).isZero();
		assertThat(this.reconciliations.missing(done.id())).isEmpty();
		assertThat(stored()).containsExactly("the first");
	}

	@Test
	void beginsOnScheduleAndLooksBackToTheLastOne() {
		lose("first", "lost", Duration.ofHours(1));
		this.task = task(QUARTER);
		work(this.task);
		Reconciliation first = this.reconciliations.newest(1).get(0);
		assertThat(first.scheduled()).isTrue();
		assertThat(first.missing()).isEqualTo(1);
		work(this.task);
		assertThat(this.reconciliations.newest(9)).hasSize(1);
		this.clock.advance(QUARTER);
		lose("first", "lost too", Duration.ofMinutes(20));
		work(this.task);
		Reconciliation second = this.reconciliations.newest(1).get(0);
		assertThat(second.from()).isEqualTo(first.to().minus(QUARTER));
		assertThat(this.reconciliations.missing(second.id())).extracting(MissingMessage::text)
			.containsExactly("lost too");
	}

	@Test
	void countsWhatAnEarlierOneHasFoundOnce() {
		lose("first", "lost", Duration.ofHours(1));
		assertThat(reconcile()).extracting(Reconciliation::missing, Reconciliation::newlyFound).containsExactly(1L, 1L);
		lose("first", "lost too", Duration.ofMinutes(50));
		Reconciliation again = reconcile();
		assertThat(again).extracting(Reconciliation::missing, Reconciliation::newlyFound).containsExactly(2L, 1L);
		assertThat(this.reconciliations.outstanding()).isEqualTo(2);
		assertThat(this.reconciliations.store(again.id())).isEqualTo(2);
		assertThat(this.reconciliations.outstanding()).isZero();
	}

	@Test
	void refusesWindowsThatAreNoneOrTooLong() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.reconciliations.start(Duration.ZERO));
		assertThatIllegalArgumentException().isThrownBy(() -> this.reconciliations.start(Duration.ofDays(31)))
			.withMessageContaining("pulsehook.retention");
		assertThat(this.reconciliations.newest(1)).isEmpty();
	}

	@Test
	void runsInTheBackground() throws Exception {
		lose("first", "lost", Duration.ofHours(1));
		this.task.start(Duration.ZERO);
		try {
			Reconciliation begun = this.reconciliations.start(DAY);
			Awaitility.await().until(() -> find(begun).status() == ReconciliationStatus.DONE);
		}
		finally {
			this.task.stop();
		}
		assertThat(this.task.isRunning()).isFalse();
	}

	private static final class Killed extends Error {

	}

}
