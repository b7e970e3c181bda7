package io.pulsehook.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.pulsehook.test.sendpulse.FakeAnswer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Tests what reconciliations leave out because SendPulse does not show it, or shows it in
 * a way that cannot be read.
 */
class NotComparedTests extends ReconciliationFixture {

	private static final int TRIES = 5;

	@Test
	void saysWhoseMessagesItWasRefused() {
		this.server.failNext("chats/messages", FakeAnswer.status(403));
		Reconciliation done = reconcile();
		assertThat(done.status()).isEqualTo(ReconciliationStatus.DONE);
		assertThat(done.error()).contains("the messages of 1 contact,");
		assertThat(done).extracting(Reconciliation::contacts, Reconciliation::contactsNotCompared)
			.containsExactly(0L, 1L);
		assertThat(this.pauses).isEmpty();
		assertThat(reconcile()).extracting(Reconciliation::error, Reconciliation::contactsNotCompared)
			.containsExactly(null, 0L);
	}

	@Test
	void leavesOutAContactWhoseHistoryFailsAndComparesItTheNextTime() {
		List<String> contacts = List.of("first", "c1", "c2");
		contacts.forEach((contact) -> {
			arrive(contact, "hi", Duration.ofHours(2));
			lose(contact, "lost", Duration.ofHours(1));
		});
		failHistories(TRIES, FakeAnswer.status(500));
		Reconciliation first = reconcileOnSchedule();
		assertThat(first)
			.extracting(Reconciliation::status, Reconciliation::contacts, Reconciliation::missing,
					Reconciliation::contactsNotCompared)
			.containsExactly(ReconciliationStatus.DONE, 2L, 2L, 1L);
		assertThat(first.error()).contains("the messages of 1 contact,");
		assertThat(histories()).hasSize(TRIES + 2);
		String left = histories().get(0);
		failHistories(TRIES, FakeAnswer.html(502));
		assertThat(reconcileOnSchedule().contactsNotCompared()).isEqualTo(1);
		assertThat(histories().subList(TRIES + 2, 2 * TRIES + 2)).containsOnly(left);
		Reconciliation third = reconcileOnSchedule();
		assertThat(third)
			.extracting(Reconciliation::contacts, Reconciliation::contactsNotCompared, Reconciliation::error)
			.containsExactly(1L, 0L, null);
		assertThat(this.reconciliations.missing(third.id())).extracting(MissingMessage::contact, MissingMessage::text)
			.containsExactly(tuple(left, "lost"));
		assertThat(reconcileOnSchedule().contacts()).isZero();
	}

	@Test
	void looksNoFurtherBackThanTheWindowForAContactThatWasLeftOut() {
		lose("first", "lost", Duration.ofHours(1));
		failHistories(TRIES, FakeAnswer.status(500));
		assertThat(reconcileOnSchedule().contactsNotCompared()).isEqualTo(1);
		this.clock.advance(DAY);
		assertThat(reconcileOnSchedule()).extracting(Reconciliation::contacts, Reconciliation::contactsNotCompared)
			.containsExactly(0L, 0L);
	}

	@Test
	void leavesNobodyOutBecauseOfAnOutage() {
		arrive("c1", "hi", Duration.ofHours(2));
		lose("c1", "lost", Duration.ofHours(1));
		Reconciliation begun = this.reconciliations.start(DAY);
		boolean[] failed = { false };
		Instant end = this.clock.instant().plus(Duration.ofMinutes(8));
		this.task.work((time) -> {
			this.clock.advance(time);
			if (!failed[0] && histories().size() == 1) {
				failed[0] = true;
				this.server.failEvery(1, FakeAnswer.status(500));
			}
			if (this.clock.instant().isAfter(end)) {
				this.server.failNone();
			}
			return false;
		});
		assertThat(find(begun))
			.extracting(Reconciliation::status, Reconciliation::contacts, Reconciliation::missing,
					Reconciliation::contactsNotCompared)
			.containsExactly(ReconciliationStatus.DONE, 2L, 1L, 0L);
	}

	@Test
	void failsIfItLeavesOutMoreContactsThanItCanRemember() {
		for (int i = 0; i < 101; i++) {
			arrive("c" + i, "hi", Duration.ofHours(2));
		}
		lose("c7", "lost", Duration.ofHours(1));
		failHistories(101, FakeAnswer.status(403));
		Reconciliation failed = reconcileOnSchedule();
		assertThat(failed)
			.extracting(Reconciliation::status, Reconciliation::contacts, Reconciliation::contactsNotCompared)
			.containsExactly(ReconciliationStatus.FAILED, 1L, 101L);
		assertThat(failed.error()).contains("the messages of 101 contacts,");
		Reconciliation next = reconcileOnSchedule();
		assertThat(next.contacts()).isEqualTo(102);
		assertThat(next.missing() + failed.missing()).isEqualTo(1);
	}

	@Test
	void countsMessagesWithoutATimeWhoseIdsAreNotKnown() {
		receive(message("first", "known", Duration.ofHours(3)).messageId("77").json());
		this.server.failNext("chats/messages", FakeAnswer.status(200, """
				{"success":true,"data":[
				 {"id":"r4","direction":1,"type":2,"data":{"text":"known","message_id":77}},
				 {"id":"r3","direction":1,"type":2,"data":{"text":"unknown"},"created_at":"yesterday"},
				 {"id":"r2","direction":2,"type":1,"data":{"text":"ours"}},
				 {"id":"r1","direction":1,"type":2,"data":{"text":"old"},"created_at":"%s"},
				 {"id":"r0","direction":1,"type":2,"data":{"text":"older"}}]}""".formatted(ago(Duration.ofDays(2)))));
		Reconciliation done = reconcile();
		assertThat(done)
			.extracting(Reconciliation::status, Reconciliation::contacts, Reconciliation::missing,
					Reconciliation::messagesNotCompared)
			.containsExactly(ReconciliationStatus.DONE, 1L, 0L, 1L);
		assertThat(done.error())
			.isEqualTo("1 message has no time that can be read, so that nobody knows whether it is missing.");
	}

	private void failHistories(int times, FakeAnswer answer) {
		for (int i = 0; i < times; i++) {
			this.server.failNext("chats/messages", answer);
		}
	}

	private Reconciliation reconcileOnSchedule() {
		this.clock.advance(QUARTER);
		work(task(QUARTER));
		return this.reconciliations.newest(1).get(0);
	}

}
