package io.pulsehook.inbox.query;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.pulsehook.inbox.ExampleEvents;
import io.pulsehook.inbox.StorageFixture;
import io.pulsehook.inbox.query.ContactEvents.Neighbours;
import io.pulsehook.inbox.query.ContactEvents.Stored;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests {@link ContactEvents}.
 */
class ContactEventsTests extends StorageFixture {

	@Test
	void findsTheEventsOfAContactNextToOne() {
		store("a", "b", "a", "b", "a");
		ContactEvents contact = this.storage.events().ofContact("a");
		assertThat(contact.neighbours(3)).isEqualTo(new Neighbours(1L, 5L));
		assertThat(contact.neighbours(1)).isEqualTo(new Neighbours(null, 3L));
		assertThat(contact.neighbours(5)).isEqualTo(new Neighbours(3L, null));
		assertThat(contact.neighbours(4)).isEqualTo(new Neighbours(3L, 5L));
		assertThat(this.storage.events().ofContact("c").neighbours(3)).isEqualTo(new Neighbours(null, null));
	}

	@Test
	void findsTheNextEventHoweverFarItIs() throws Exception {
		store("a", "b", "a", "b");
		this.storage.close();
		this.database.execute(this.directory, "update pulsehook_event set id = id + 2000000 where id > 2");
		this.storage = this.database.open(this.directory, this.clock);
		ContactEvents contact = this.storage.events().ofContact("a");
		assertThat(contact.neighbours(1)).isEqualTo(new Neighbours(null, 2_000_003L));
		assertThat(contact.neighbours(2_000_003)).isEqualTo(new Neighbours(1L, null));
		assertThat(contact.stored()).isEqualTo(new Stored(2, 0, 0));
	}

	@Test
	void countsWhatAnErasureWouldDelete() {
		this.deliveries.subscribe("h");
		this.deliveries.store(1, 2, 3);
		store("other");
		this.deliveries.finish(1, "a.B: no", this.clock.instant());
		this.deliveries.finish(2, null, null);
		assertThat(this.storage.events().ofContact("c").stored()).isEqualTo(new Stored(3, 3, 1));
		assertThat(this.storage.events().ofContact("nobody").stored()).isEqualTo(new Stored(0, 0, 0));
		assertThat(this.storage.erasure().erase("c", (body) -> "c").events()).isEqualTo(3);
		assertThat(this.storage.events().ofContact("c").stored()).isEqualTo(new Stored(0, 0, 0));
	}

	@Test
	void knowsAContactByAnIdThatWasCut() {
		String id = "x".repeat(300);
		store(id.substring(0, 200));
		assertThat(this.storage.events().ofContact(id).stored().events()).isEqualTo(1);
	}

	private void store(String... contacts) {
		for (String contact : contacts) {
			this.storage.inbox()
				.store(List.of(ExampleEvents.openChat(contact, (int) this.storage.events().newestId() + 100)));
		}
	}

}
