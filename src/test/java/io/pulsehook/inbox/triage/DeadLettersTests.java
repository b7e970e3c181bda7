package io.pulsehook.inbox.triage;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.pulsehook.inbox.StorageFixture;
import io.pulsehook.inbox.figures.Backlog.Dead;
import io.pulsehook.inbox.query.DeliveryPage;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the list of dead letters.
 */
class DeadLettersTests extends StorageFixture {

	@Test
	void listsDeadLettersOfTheNewestEventsFirst() {
		this.deliveries.subscribe("h");
		this.deliveries.store(1, 2, 3, 4);
		this.deliveries.finish(1, "a.B: No contact 17", null);
		this.deliveries.finish(2, null, null);
		this.deliveries.finish(3, "a.C: Something else", null);
		this.deliveries.finish(4, "a.B: No contact 18", this.clock.instant().plusSeconds(60));
		List<DeadLetter> letters = this.storage.deadLetters().list(null, 1);
		assertThat(letters).singleElement().satisfies((letter) -> {
			assertThat(letter.event()).isEqualTo(3);
			assertThat(letter.error()).isEqualTo("a.C: Something else");
			assertThat(letter.diedAt()).isEqualTo(this.clock.instant());
			assertThat(letter.contact()).isEqualTo("c");
			assertThat(letter.type()).isEqualTo("OpenChat");
			assertThat(letter.attempts()).isEqualTo(1);
		});
		assertThat(this.storage.deadLetters().list(letters.get(0).place(), 5)).extracting(DeadLetter::event)
			.containsExactly(1L);
		assertThat(this.storage.deadLetters().find("h", List.of(1L, 2L, 4L))).extracting(DeadLetter::event)
			.containsExactly(1L);
		assertThat(this.storage.backlog().dead()).containsExactly(new Dead("h", 2));
	}

	@Test
	void findsWhereTheLastAttemptFailed() {
		this.deliveries.subscribe("h");
		this.deliveries.store(1);
		this.deliveries.finish(1, "a.B: first", this.clock.instant());
		this.deliveries.finish(1, "a.B: second", null);
		DeadLetter letter = this.storage.deadLetters().list(null, 1).get(0);
		assertThat(this.storage.deadLetters().stackTrace(letter.place())).hasValue("a.B: second");
		assertThat(this.storage.deadLetters().stackTrace(new DeliveryPage.Cursor(9, "h"))).isEmpty();
	}

}
