package io.pulsehook.receive;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.micrometer.observation.ObservationRegistry;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

import io.pulsehook.Samples;
import io.pulsehook.event.Channel;
import io.pulsehook.event.EventReader;
import io.pulsehook.event.PaymentStatus;
import io.pulsehook.event.PaymentType;
import io.pulsehook.event.filter.HandlerFilter;
import io.pulsehook.inbox.StorageFixture;
import io.pulsehook.inbox.model.EventStatus;
import io.pulsehook.inbox.model.Subscription;
import io.pulsehook.inbox.query.EventFilter;
import io.pulsehook.inbox.query.StoredDelivery;
import io.pulsehook.inbox.query.StoredEvent;
import io.pulsehook.test.TestEvents;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for which events a handler with a filter gets a delivery.
 */
class FilteredIntakeTests extends StorageFixture {

	private static final Set<String> ALL_TYPES = Set.of("NewSubscriber", "IncomingMessage", "OutgoingMessage",
			"LinkClick", "FlowWebhook", "FailedDelivery", "PaymentOrder", "UnrecognizedEvent");

	private static final String COMMENT = """
			{"message":{"channel_data":{"message":{"item":"comment","verb":"add","message":"nice","comment_id":"1_2"}}}}""";

	private static final String ECHO = """
			{"message":{"channel_data":{"message":{"is_echo":true,"text":"mine"}}}}""";

	private static final Map<String, String> EVENTS = events();

	/** A filter, and the events of all kinds that a handler with it receives. */
	private static final Map<String, String> TABLE = Map.ofEntries(
			Map.entry("title=new_subscriber", "subscriber paid returned unknown"),
			Map.entry("title=Reserved*", "flow paid returned unknown"),
			Map.entry("title=reserved*", "paid returned unknown"),
			Map.entry("title=*message|failed_delivery",
					"incoming outgoing operator comment echo failed paid returned unknown"),
			Map.entry("service=TELEGRAM", "subscriber outgoing click paid returned unknown"),
			Map.entry("service=whatsapp", "incoming operator failed paid returned unknown"),
			Map.entry("service=m*|instagram", "comment echo flow paid returned unknown"),
			Map.entry("bot=BEST&title=new_subscriber", "subscriber paid returned unknown"),
			Map.entry("bot=60b0a854b4d8073f592b92f3&title=new_subscriber", "subscriber paid returned unknown"),
			Map.entry("bot=nobody", "paid returned unknown"), Map.entry("source=Shop", everything()),
			Map.entry("source=other", ""), Map.entry("status=completed", withoutPayments() + " paid"),
			Map.entry("status=301", withoutPayments() + " returned"),
			Map.entry("status=300..500", withoutPayments() + " returned"), Map.entry("status=2*|301", everything()),
			Map.entry("test=true", withoutPayments() + " paid"),
			Map.entry("test=FALSE", withoutPayments() + " returned"),
			Map.entry("comment=true", "subscriber click flow failed comment paid returned unknown"),
			Map.entry("comment=false",
					"subscriber click flow failed incoming outgoing operator echo paid returned unknown"),
			Map.entry("echo=true", "subscriber click flow failed echo paid returned unknown"),
			Map.entry("sent-by=operator", "subscriber click flow failed operator paid returned unknown"),
			Map.entry("sent-by=other",
					"subscriber click flow failed incoming outgoing comment echo paid returned unknown"),
			Map.entry("service=whatsapp&sent-by=operator&test=true", "failed operator paid unknown"),
			Map.entry("title=***", everything()));

	@Test
	void aHandlerReceivesWhatItsFilterMatchesAndWhatItCannotBeAskedOf() throws Exception {
		subscribe(TABLE.keySet());
		Map<String, Set<String>> received = receiveAll();
		SoftAssertions.assertSoftly(
				(softly) -> TABLE.forEach((filter, labels) -> softly.assertThat(received.getOrDefault(filter, Set.of()))
					.as(filter)
					.containsExactlyInAnyOrderElementsOf(
							Stream.of(labels.split(" ")).filter((label) -> !label.isEmpty()).toList())));
	}

	@Test
	void whatAllFiltersKeepAwayIsUnhandled() throws Exception {
		subscribe(Set.of("source=other", "title=new_subscriber&source=other"));
		assertThat(receiveAll()).isEmpty();
		assertThat(stored()).hasSameSizeAs(EVENTS.keySet())
			.allSatisfy((event) -> assertThat(event.status()).isEqualTo(EventStatus.UNHANDLED));
	}

	@Test
	void aFilterIsNoReasonToSuggestAHandler() {
		TreeSet<String> unhandled = new TreeSet<>();
		this.storage.inbox()
			.subscribe(List.of(new Subscription("h", Set.of("IncomingMessage"), true, filter("service=viber"))),
					(arrivals) -> unhandled.addAll(arrivals.unhandledTypes()));
		receiver().receive("shop", bytes(Samples.INCOMING_MESSAGE));
		receiver().receive("shop", bytes(Samples.LINK_CLICK));
		this.storage.subscribers().setPaused("nobody", false);
		assertThat(unhandled).containsExactly("LinkClick");
	}

	@Test
	void aMessageIsLookedIntoOnlyIfAFilterAsksForIt() {
		subscribe(Set.of("title=x"));
		assertThat(this.storage.inbox().filtersByMessage()).isFalse();
		subscribe(Set.of("title=x", "echo=false"));
		assertThat(this.storage.inbox().filtersByMessage()).isTrue();
	}

	private void subscribe(Set<String> filters) {
		this.storage.inbox()
			.subscribe(filters.stream()
				.map((filter) -> new Subscription(filter, ALL_TYPES, true, filter(filter)))
				.toList(), (arrivals) -> {
				});
	}

	private static HandlerFilter filter(String text) {
		Map<String, List<String>> patterns = new LinkedHashMap<>();
		for (String key : text.split("&")) {
			String[] parts = key.split("=", 2);
			patterns.put(parts[0], List.of(parts[1].split("\\|")));
		}
		return HandlerFilter.of(patterns);
	}

	private Map<String, Set<String>> receiveAll() {
		EVENTS.values().forEach((body) -> receiver().receive("shop", bytes(body)));
		Map<String, Set<String>> received = new LinkedHashMap<>();
		List<String> labels = List.copyOf(EVENTS.keySet());
		List<StoredEvent> stored = stored();
		for (int i = 0; i < stored.size(); i++) {
			for (StoredDelivery delivery : this.storage.events().deliveries(stored.get(i).id())) {
				received.computeIfAbsent(delivery.handler(), (handler) -> new TreeSet<>()).add(labels.get(i));
			}
		}
		return received;
	}

	private List<StoredEvent> stored() {
		return this.storage.events().pageAfter(EventFilter.ALL, 0, 100).events();
	}

	private Receiver receiver() {
		return new Receiver(new EventReader(), this.storage.inbox(), 100, ObservationRegistry.NOOP);
	}

	private static byte[] bytes(String body) {
		return body.getBytes(StandardCharsets.UTF_8);
	}

	private static Map<String, String> events() {
		Map<String, String> events = new LinkedHashMap<>();
		events.put("subscriber", Samples.NEW_SUBSCRIBER);
		events.put("incoming", Samples.INCOMING_MESSAGE);
		events.put("outgoing", Samples.OUTGOING_MESSAGE);
		events.put("operator",
				TestEvents.outgoingMessage()
					.service(Channel.WHATSAPP)
					.with("/info/message/sent_by/email", "anna@example.com")
					.json());
		events.put("comment", TestEvents.incomingMessage().service(Channel.MESSENGER).info(COMMENT).json());
		events.put("echo", TestEvents.incomingMessage().service(Channel.INSTAGRAM).info(ECHO).json());
		events.put("click", Samples.LINK_CLICK);
		events.put("flow", Samples.FLOW_WEBHOOK);
		events.put("failed", Samples.FAILED_DELIVERY);
		events.put("paid", Samples.PAYMENT_ORDER);
		events.put("returned",
				TestEvents.payment().status(PaymentStatus.RETURNED_BY_SELLER).type(PaymentType.ACTUAL).json());
		events.put("unknown", "{\"nothing\":1}");
		return events;
	}

	private static String everything() {
		return String.join(" ", events().keySet());
	}

	private static String withoutPayments() {
		return everything().replace("paid", "").replace("returned", "").strip();
	}

}
