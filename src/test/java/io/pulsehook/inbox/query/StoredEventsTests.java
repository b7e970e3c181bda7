package io.pulsehook.inbox.query;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.pulsehook.inbox.ExampleEvents;
import io.pulsehook.inbox.StorageFixture;
import io.pulsehook.inbox.model.EventKind;
import io.pulsehook.inbox.model.EventStatus;
import io.pulsehook.inbox.model.NewEvent;
import io.pulsehook.inbox.model.Subscription;

import static org.assertj.core.api.Assertions.assertThat;

class StoredEventsTests extends StorageFixture {

	@Test
	void arePagedNewestFirstWithoutGapOrOverlap() {
		store("c", 120);
		List<Long> seen = new ArrayList<>();
		Long before = null;
		do {
			EventPage page = this.storage.events().page(filter(null, null), before, 50);
			page.events().forEach((event) -> seen.add(event.id()));
			before = page.next();
		}
		while (before != null);
		assertThat(seen).containsExactlyElementsOf(
				IntStream.iterate(120, (id) -> id > 0, (id) -> id - 1).mapToObj(Long::valueOf).toList());
	}

	@Test
	void areFoundByContact() {
		store("a", 3);
		store("b", 2);
		assertThat(page(filter("a", null))).extracting(StoredEvent::contact).containsExactly("a", "a", "a");
	}

	@Test
	void areFoundByBot() {
		store("c", 1);
		EventFilter bot = EventFilter.builder().bot("b").build();
		EventFilter other = EventFilter.builder().bot("c").build();
		assertThat(this.storage.events().page(bot, null, 10).events()).hasSize(1);
		assertThat(this.storage.events().page(other, null, 10).events()).isEmpty();
	}

	@Test
	void areFoundByStatus() {
		store("a", 1);
		EventFilter unhandled = EventFilter.builder().status(EventStatus.UNHANDLED).build();
		EventFilter done = EventFilter.builder().status(EventStatus.DONE).build();
		assertThat(page(unhandled)).hasSize(1);
		assertThat(page(done)).isEmpty();
	}

	@Test
	void areFoundByTimeOfReceipt() {
		Instant first = this.clock.instant();
		store("a", 2);
		this.clock.advance(Duration.ofMinutes(1));
		store("b", 2);
		Instant second = this.clock.instant();
		assertThat(page(between(second, null))).extracting(StoredEvent::contact).containsExactly("b", "b");
		assertThat(page(between(null, second))).extracting(StoredEvent::contact).containsExactly("a", "a");
		assertThat(page(between(first, second))).hasSize(2);
		assertThat(page(between(second.plusSeconds(1), null))).isEmpty();
		assertThat(page(between(null, first))).isEmpty();
	}

	@Test
	void areFoundByTextInAnyCaseAndHoweverItIsEscaped() {
		String escaped = "{\"title\":\"open_chat\",\"text\":\"\\u041f\\u0440\\u0438\\u0432\\u0435\\u0442, a\\/b\"}";
		this.storage.inbox()
			.store(List.of(ExampleEvents.event("OpenChat", "c", 1L, ExampleEvents.identity("1", false), escaped)));
		store("other", 1);
		assertThat(page(filter(null, "привет"))).hasSize(1);
		assertThat(page(filter(null, "A/B"))).hasSize(1);
		assertThat(page(filter(null, "nowhere"))).isEmpty();
	}

	@Test
	void areFoundByAllWordsAndNotByFewer() {
		store("Ada", 2);
		assertThat(page(filter(null, "ada TELEGRAM"))).hasSize(2);
		assertThat(page(filter(null, "ada whatsapp"))).isEmpty();
		assertThat(page(filter(null, "\"id\":\"Ada\",\"name\""))).hasSize(2);
	}

	@Test
	void areFoundByAHandlerAndWhatBecameOfThemThere() {
		store("before", 1);
		this.deliveries.subscribe("h");
		this.deliveries.store(1, 2);
		this.deliveries.finish(2, "a.B: No contact 17", null);
		assertThat(ids(new Narrowing("h", null, null, null), null)).containsExactly(3L, 2L);
		assertThat(ids(new Narrowing("h", null, null, null), EventStatus.DEAD)).containsExactly(2L);
		assertThat(ids(new Narrowing("h", null, null, null), EventStatus.OPEN)).containsExactly(3L);
		assertThat(ids(new Narrowing("h", null, null, null), EventStatus.DONE)).isEmpty();
		assertThat(ids(new Narrowing("h", null, null, null), EventStatus.UNHANDLED)).isEmpty();
		assertThat(ids(new Narrowing("other", null, null, null), null)).isEmpty();
	}

	@Test
	void areFoundByTheErrorsOfTheirAttempts() {
		this.deliveries.subscribe("h");
		this.deliveries.store(1, 2, 3);
		this.deliveries.finish(1, "a.B: No contact 17", this.clock.instant());
		this.deliveries.finish(1, null, null);
		this.deliveries.finish(2, "a.C: Refused", null);
		assertThat(ids(new Narrowing(null, "CONTACT a.b", null, null), null)).containsExactly(1L);
		assertThat(ids(new Narrowing(null, "refused", null, null), null)).containsExactly(2L);
		assertThat(ids(new Narrowing(null, "timeout", null, null), null)).isEmpty();
	}

	@Test
	void areFoundByTheStatusOfAPayment() {
		store("a", 1);
		this.storage.inbox()
			.store(List.of(ExampleEvents.order("A", "2026-01-01T10:00:00Z", 200),
					ExampleEvents.order("B", "2026-01-01T10:00:00Z", 303)));
		assertThat(ids(new Narrowing(null, null, "303", null), null)).containsExactly(3L);
		assertThat(ids(new Narrowing(null, null, "777", null), null)).isEmpty();
	}

	@Test
	void areFoundByTheNameOfTheirBot() {
		String body = "{\"title\":\"open_chat\",\"bot\":{\"id\":\"b\",\"name\":\"Caf\u00e9 Lisboa\"}}";
		this.storage.inbox()
			.store(List.of(ExampleEvents.event("OpenChat", "c", 1L, ExampleEvents.identity("1", false), body)));
		store("lisboa", 1);
		assertThat(ids(new Narrowing(null, null, null, "lisboa cafe"), null)).containsExactly(1L);
	}

	@Test
	void tellBehindWhichOtherADeliveryWaits() {
		this.storage.inbox().subscribe(List.of(new Subscription("h", Set.of("OpenChat"), true)), (arrivals) -> {
		});
		this.deliveries.store(1, 2);
		StoredEvents events = this.storage.events();
		assertThat(events.behind(events.deliveries(1).get(0))).isEmpty();
		assertThat(events.behind(events.deliveries(2).get(0))).contains(1L);
	}

	@Test
	void areFoundByTextInWhatIsNoJson() {
		NewEvent broken = new NewEvent("default", EventKind.UNRECOGNIZED, "UnrecognizedEvent", null, null, null, null,
				null, ExampleEvents.identity("x", true), null, "not JSON",
				"not <json>".getBytes(StandardCharsets.UTF_8), 0);
		assertThat(this.storage.inbox().store(List.of(broken)).unrecognized()).isEqualTo(1);
		assertThat(page(filter(null, "<JSON>"))).singleElement().extracting(StoredEvent::reason).isEqualTo("not JSON");
	}

	@Test
	void lookAtABoundedNumberOfRowsForAPageAndSayWhereToGoOn() {
		store("needle", 1);
		for (int i = 0; i < 21; i++) {
			store("hay" + i, 1000);
		}
		EventFilter filter = EventFilter.builder().source("nowhere").build();
		EventPage first = this.storage.events().page(filter, null, 50);
		assertThat(first.events()).isEmpty();
		assertThat(first.next()).isNotNull().isGreaterThan(1);
		int pages = 1;
		EventPage page = first;
		while (page.next() != null) {
			page = this.storage.events().page(filter, page.next(), 50);
			pages++;
		}
		assertThat(pages).isLessThan(100);
	}

	@Test
	void areFoundByTextInBodiesThatWouldFillTheMemoryTogether() {
		store("before", 3);
		for (int i = 0; i < 4; i++) {
			storeLarge(i);
		}
		store("behind", 3);
		List<Long> found = new ArrayList<>();
		EventPage page = new EventPage(List.of(), Long.MAX_VALUE);
		while (page.next() != null) {
			page = this.storage.events().page(filter(null, "the end"), page.next(), 50);
			page.events().forEach((event) -> found.add(event.id()));
		}
		assertThat(found).containsExactly(7L, 6L, 5L, 4L);
	}

	@Test
	void haveBodiesOfAnySize() {
		store("small", 2);
		storeLarge(0);
		BodyBatch bodies = this.storage.events().bodies(List.of(1L, 2L, 3L, 4L));
		assertThat(List.of(1L, 2L, 3L, 4L)).extracting(bodies::isAtHand).containsExactly(true, true, false, false);
		assertThat(bodies.of(2)).hasValueSatisfying((body) -> assertThat(body).hasSizeLessThan(200));
		assertThat(bodies.of(3)).hasValueSatisfying((body) -> assertThat(body).hasSizeGreaterThan(3_000_000));
		assertThat(bodies.of(4)).isEmpty();
	}

	private void storeLarge(int number) {
		String body = "{\"title\":\"open_chat\",\"n\":%d,\"text\":\"%s the end\"}".formatted(number,
				"x".repeat(3_000_000));
		this.storage.inbox()
			.store(List
				.of(ExampleEvents.event("OpenChat", "c", 1L, ExampleEvents.identity("large" + number, false), body)));
	}

	private void store(String contact, int events) {
		this.storage.inbox()
			.store(IntStream.range(0, events).mapToObj((i) -> ExampleEvents.openChat(contact, i)).toList());
	}

	private List<StoredEvent> page(EventFilter filter) {
		return this.storage.events().page(filter, null, 50).events();
	}

	private List<Long> ids(Narrowing narrowing, @Nullable EventStatus status) {
		return page(EventFilter.builder().narrowing(narrowing).status(status).build()).stream()
			.map(StoredEvent::id)
			.toList();
	}

	private static EventFilter filter(@Nullable String contact, @Nullable String text) {
		return EventFilter.builder().contact(contact).text(text).build();
	}

	private static EventFilter between(@Nullable Instant from, @Nullable Instant to) {
		return EventFilter.builder().from(from).to(to).build();
	}

}
