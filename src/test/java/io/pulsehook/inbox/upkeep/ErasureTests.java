package io.pulsehook.inbox.upkeep;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.pulsehook.inbox.ExampleEvents;
import io.pulsehook.inbox.StorageFixture;
import io.pulsehook.inbox.TestOutcomes;
import io.pulsehook.inbox.model.ClaimRequest;
import io.pulsehook.inbox.model.DueDelivery;
import io.pulsehook.inbox.model.NewEvent;
import io.pulsehook.inbox.model.Outcome.Failure;
import io.pulsehook.inbox.model.Subscription;
import io.pulsehook.inbox.model.Traffic;
import io.pulsehook.inbox.replay.Replay;

import static org.assertj.core.api.Assertions.assertThat;

class ErasureTests extends StorageFixture {

	@BeforeEach
	void subscribe() {
		this.storage.inbox()
			.subscribe(List.of(new Subscription("h", Set.of("OpenChat", "PaymentOrder"), true)), (arrivals) -> {
			});
	}

	@Test
	void erasesAllOfAContactAndSaysWhat() {
		store("a", 1, 2);
		store("b", 1);
		fail(due("a"), this.clock.instant(), "no");
		fail(due("a"), this.clock.instant(), "no");
		assertThat(erase("a")).isEqualTo(new Erased(2, 2, 2, 0));
		assertThat(this.storage.events().find(1)).isEmpty();
		assertThat(this.storage.events().deliveries(1)).isEmpty();
		assertThat(this.storage.events().find(3)).isPresent();
		assertThat(this.storage.events().deliveries(3)).hasSize(1);
		assertThat(erase("a")).isEqualTo(Erased.NOTHING);
	}

	@Test
	void erasesPaymentsOfAnySourceWithTheStateOfTheirOrders() {
		store(payment("one", "a", "o1"), payment("two", "a", "o2"), payment("one", "b", "o3"));
		assertThat(erase("a").events()).isEqualTo(2);
		assertThat(number("select sum(event_id) from pulsehook_order")).isEqualTo(3);
	}

	@Test
	void erasesManyEventsInSeveralBatches() {
		store("a", IntStream.range(0, 1234).toArray());
		assertThat(erase("a").events()).isEqualTo(1234);
		assertThat(number("select count(*) from pulsehook_delivery")).isZero();
	}

	@Test
	void erasesAllThatWasReceivedAfterAnEvent() {
		store("a", 1);
		store(payment("one", "b", "o1"));
		store("b", IntStream.range(0, 600).toArray());
		assertThat(this.storage.erasure().eraseAfter(1).events()).isEqualTo(601);
		assertThat(this.storage.events().find(1)).isPresent();
		assertThat(number("select count(*) from pulsehook_delivery")).isEqualTo(1);
		assertThat(number("select count(*) from pulsehook_order")).isZero();
		assertThat(this.storage.erasure().eraseAfter(1)).isEqualTo(Erased.NOTHING);
	}

	@Test
	void takesAnErasedPersonsNextEventForANewOne() {
		store("a", 1);
		erase("a");
		store("a", 1);
		assertThat(due("a").eventId()).isEqualTo(2);
	}

	@Test
	void refusesTheOutcomeOfADeliveryThatRanMeanwhile() {
		store("a", 1);
		DueDelivery running = due("a");
		erase("a");
		assertThat(finish(running, new Failure("about a person", "trace"), this.clock.instant())).isFalse();
		assertThat(finish(running, null, null)).isFalse();
		assertThat(number("select count(*) from pulsehook_attempt")).isZero();
		assertThat(this.storage.inbox().outage()).isNull();
	}

	@Test
	void blanksWhatEndedReplaysWereAskedForAndDeletesNone() throws Exception {
		store("e", 1);
		for (String request : List.of("{\"filter\":{\"contact\":\"e\"},\"handlers\":[],\"includeDone\":false}",
				"{\"filter\":{\"contact\":\"a\\\"e\"},\"handlers\":[],\"includeDone\":true}",
				"{\"filter\":{\"text\":\"about e\"},\"handlers\":[\"e\"],\"includeDone\":false}",
				"{\"filter\":{\"type\":\"OpenChat\"},\"handlers\":[],\"includeDone\":false}")) {
			this.database.execute(this.directory, endedReplay(request));
		}
		assertThat(erase("e").events()).isEqualTo(1);
		assertThat(number("select count(*) from pulsehook_replay")).isEqualTo(4);
		assertThat(number("select count(*) from pulsehook_replay where blanked = 1")).isEqualTo(4);
		assertThat(number("select count(*) from pulsehook_replay where request like '%\"contact\":\"\"%'"))
			.isEqualTo(2);
		assertThat(number("select count(*) from pulsehook_replay where request like '%about e%'")).isZero();
		assertThat(number("select count(*) from pulsehook_replay where request like '%:\"e\"%'")).isZero();
		assertThat(this.storage.replays().find(1)).get().extracting(Replay::forContact).isEqualTo(true);
		assertThat(this.storage.replays().find(3)).get().extracting(Replay::forText).isEqualTo(true);
		assertThat(this.storage.replays().find(4)).get().extracting(Replay::forContact).isEqualTo(false);
	}

	@Test
	void blanksReplaysThatEndedBeforeSoonAfterAStart() throws Exception {
		this.database.execute(this.directory,
				endedReplay("{\"filter\":{\"contact\":\"person\"},\"handlers\":[],\"includeDone\":false}"));
		this.storage.housekeeper(new RetentionPeriods(Duration.ofDays(30), Duration.ofDays(90))).runOnce();
		assertThat(number("select count(*) from pulsehook_replay")).isEqualTo(1);
		assertThat(number("select count(*) from pulsehook_replay where request like '%person%'")).isZero();
	}

	// Stores a replay that has ended as a former version left it.
	private String endedReplay(String request) {
		long now = this.clock.millis();
		return "insert into pulsehook_replay (status, request, cursor, last_event, created_at, finished_at) values ("
				+ "'done', '" + request + "', 0, 0, " + now + ", " + now + ")";
	}

	@Test
	void wakesWhoWaitedBehindAnErasedEvent() {
		NewEvent first = ExampleEvents.event("OpenChat", "a", 1L, ExampleEvents.identity("1", false), "{}");
		NewEvent second = ExampleEvents.event("OpenChat", "b", 1L, ExampleEvents.identity("2", false), "{}");
		store(first, second);
		erase("a");
		assertThat(due("b").eventId()).isEqualTo(2);
	}

	private Erased erase(String contact) {
		return this.storage.erasure().erase(contact, (body) -> null);
	}

	private void store(String contact, int... numbers) {
		this.storage.inbox()
			.store(IntStream.of(numbers).mapToObj((number) -> ExampleEvents.openChat(contact, number)).toList());
	}

	private void store(NewEvent... events) {
		this.storage.inbox().store(List.of(events));
	}

	private static NewEvent payment(String source, String contact, String order) {
		NewEvent event = ExampleEvents.order(order, "2026-01-01T10:00:00Z", 200);
		return new NewEvent(source, event.kind(), event.type(), null, null, null, contact, event.orderingKey(),
				event.identity(), event.occurredAt(), null, event.body(), 0);
	}

	private DueDelivery due(String contact) {
		return due().stream().filter((delivery) -> contact.equals(contact(delivery))).findFirst().orElseThrow();
	}

	private @Nullable String contact(DueDelivery delivery) {
		return this.storage.events().find(delivery.eventId()).orElseThrow().contact();
	}

	private List<DueDelivery> due() {
		return this.storage.deliveries()
			.claim(new ClaimRequest("h", Traffic.LIVE, this.clock.instant(), 100), (id) -> false)
			.deliveries();
	}

	private void fail(DueDelivery delivery, Instant retryAt, String error) {
		assertThat(finish(delivery, new Failure(error, error + " at frame"), retryAt)).isTrue();
	}

	private boolean finish(DueDelivery delivery, @Nullable Failure failure, @Nullable Instant retryAt) {
		return this.storage.deliveries()
			.finish(TestOutcomes.of(delivery, this.clock.instant(), this.clock.instant(), failure, retryAt))
			.join();
	}

	private int number(String query) {
		return this.database.number(this.directory, query);
	}

}
