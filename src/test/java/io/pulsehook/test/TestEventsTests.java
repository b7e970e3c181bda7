package io.pulsehook.test;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.pulsehook.Delivery;
import io.pulsehook.Events;
import io.pulsehook.Samples;
import io.pulsehook.event.Channel;
import io.pulsehook.event.Contact;
import io.pulsehook.event.Event;
import io.pulsehook.event.IncomingMessage;
import io.pulsehook.event.MessageEvent;
import io.pulsehook.event.OpenChat;
import io.pulsehook.event.PaymentMethod;
import io.pulsehook.event.PaymentOrder;
import io.pulsehook.event.PaymentService;
import io.pulsehook.event.PaymentStatus;
import io.pulsehook.event.PaymentType;
import io.pulsehook.event.VariableType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link TestEvents}.
 */
class TestEventsTests {

	static Stream<Arguments> samples() {
		return Stream.of(
				Arguments.of(Samples.NEW_SUBSCRIBER,
						veronica(TestEvents.newSubscriber(), "60b0a854b4d8073f592b92f3", 1845120800L,
								"60b0a854083b4964fd0f7b657847848")
							.name("name")
							.with("/date", 16377590567070L)),
				Arguments.of(Samples.INCOMING_MESSAGE, incomingMessage()),
				Arguments.of(Samples.OUTGOING_MESSAGE, outgoingMessage()),
				Arguments.of(Samples.OPEN_CHAT,
						veronica(TestEvents.openChat(), "60b0a854b4d8073f592b92f673563", 18451208007356L,
								"60b0a854083b4964fd0f756756b65")
							.with("/date", 16377587917546L)),
				Arguments.of(Samples.RUN_CUSTOM_FLOW,
						veronica(TestEvents.customFlowRun(), "60b0a854b4d8073f592b92f3564567", 1845120856756700L,
								"60b0a854083b4964fd0f7b655858")
							.with("/date", 163775889778478L)),
				Arguments.of(Samples.LINK_CLICK,
						veronica(TestEvents.linkClick(), "60b0a854b4d8073f592b9254677654f3", 1845120806750L,
								"60b0a854083b4964fd0f65757b65")
							.with("/date", 16377589785675L)),
				Arguments.of(Samples.UNSUBSCRIBE,
						veronica(TestEvents.unsubscribe(), "60b0a854b4d8073f592b92678f3", 1845120806780L,
								"60b0a854083b4966784fd0f7b65")
							.date(Instant.ofEpochMilli(1637759687101L))),
				Arguments.of(Samples.BOT_BLOCK,
						veronica(TestEvents.botBlock(), "60b0a854b4d8056773f592b92f3", 1845126570800L,
								"60b0a854083b4964fd5670f7b65")
							.date(Instant.ofEpochMilli(1637756579166L))),
				Arguments.of(Samples.FAILED_DELIVERY,
						TestEvents.failedDelivery()
							.bot("60c1c50c156845831909cf74")
							.phone("380985236985")
							.error(470, "Re-engagement message")
							.messageId("ABCDOAk1346346go-sKd--dduwQ9p")
							.with("/info/timestamp", 1753700400)
							.date(Instant.ofEpochSecond(1753700401))),
				Arguments.of(Samples.FLOW_WEBHOOK, flowWebhook()), Arguments.of(Samples.PAYMENT_ORDER, payment()));
	}

	private static <B extends ChatbotEventBuilder<?, B>> B veronica(B builder, String bot, long externalId,
			String contact) {
		return details(builder, bot, externalId, contact)
			.with("/contact/operator", Map.of("username", "test dza", "created_at", 1723636543, "user_id", 8356384,
					"email", "custombot1@e.cn.ua"))
			.service(Channel.TELEGRAM);
	}

	private static <B extends ChatbotEventBuilder<?, B>> B details(B builder, String bot, Object externalId,
			String contact) {
		return builder.bot(bot)
			.with("/bot/url", "https://t.me/best_bot")
			.with("/bot/external_id", externalId)
			.with("/bot/name", "BEST")
			.contact(contact)
			.name("veronica")
			.lastMessage("Test")
			.variable("name", "Veronica Petrova")
			.variable("Phone", "380985236985")
			.variable("Email", "test@gmail.com");
	}

	private static EventBuilder<?, ?> incomingMessage() {
		return TestEvents.incomingMessage()
			.service(Channel.WHATSAPP)
			.text("hey! whats up?")
			.info(info(Samples.INCOMING_MESSAGE))
			.bot("60c1c50c156845831909cf74")
			.with("/bot/url", "https://wa.me/380932674329")
			.with("/bot/external_id", "380932674329")
			.with("/bot/name", "Revision_me")
			.contact("60c0f31f457479d02b7512")
			.name("Alexander")
			.with("/contact/username", "Alexander")
			.variable("dept", "Designer")
			.date(Instant.ofEpochSecond(1625834714));
	}

	private static EventBuilder<?, ?> outgoingMessage() {
		return details(TestEvents.outgoingMessage(), "60b0a854b4d8073f592b925675f3", "18451208006576",
				"60b0a854083b4964fd0f7b65675675")
			.info(info(Samples.OUTGOING_MESSAGE))
			.with("/date", 16377585936738L);
	}

	private static EventBuilder<?, ?> flowWebhook() {
		return TestEvents.flowWebhook()
			.service(Channel.MESSENGER)
			.title("Reserved. Apartment #3")
			.bot("17ff4105-d5f1-4790-9d09-a6f64ea73d54")
			.with("/bot/url", "https://m.me/104117781360763")
			.with("/bot/external_id", "104117781360763")
			.with("/bot/name", "BEST")
			.contact("467bf50f-9cb0-4b65-b722-0135ad5fb9e0")
			.name("Alexander")
			.with("/contact/username", null)
			.email("name@example.com")
			.phone("+38093000000")
			.lastMessage("hey! whats up?")
			.with("/contact/photo", "https://..")
			.tags("tag1", "tag2")
			.variable("name of variable", "value of variable")
			.date(Instant.ofEpochSecond(1617401679));
	}

	private static EventBuilder<?, ?> payment() {
		return TestEvents.payment()
			.order("a3704313-8c0b-0000-b195-c6b84242f0e2")
			.status(PaymentStatus.COMPLETED)
			.cost("12", "BRL")
			.customer("User")
			.with("/order/service", 2)
			.method(PaymentMethod.MERCADO_PAGO)
			.type(PaymentType.TEST)
			.variable("String", VariableType.STRING, "Hello World")
			.variable("Number", VariableType.NUMBER, "55684213")
			.variable("Date", VariableType.DATE, "2022-02-25")
			.variable("Phone", VariableType.PHONE, "+38063456228")
			.variable("Email", VariableType.EMAIL, "user@sendpulse.com")
			.variable("Link", VariableType.URL, "http://sendpulse.com")
			.number(1618)
			.contact("7a505f4293dffcd7100f8f0004214892e4cf5618307908edf465042075d5c30")
			.updatedAt(Instant.parse("2022-02-11T14:47:14Z"))
			.createdAt(Instant.parse("2022-02-11T14:47:13Z"))
			.description("Apple MercadoPago")
			.timestamp(Instant.ofEpochSecond(1644590834));
	}

	private static String info(String sample) {
		return new JsonMapper().readTree(Samples.element(sample)).path("info").toString();
	}

	@ParameterizedTest
	@MethodSource("samples")
	void withTheValuesOfASampleItIsTheSample(String sample, EventBuilder<?, ?> builder) {
		assertThat(builder.build()).isEqualTo(Events.read(sample).get(0));
		assertThat(Events.read(builder.json())).containsExactly(builder.build());
	}

	static Stream<EventBuilder<?, ?>> defaults() {
		return Stream.of(TestEvents.newSubscriber(), TestEvents.incomingMessage(), TestEvents.outgoingMessage(),
				TestEvents.openChat(), TestEvents.customFlowRun(), TestEvents.linkClick(), TestEvents.unsubscribe(),
				TestEvents.botBlock(), TestEvents.failedDelivery(), TestEvents.flowWebhook(), TestEvents.payment(),
				TestEvents.unrecognized());
	}

	@ParameterizedTest
	@MethodSource("defaults")
	void needsNoValues(EventBuilder<?, ?> builder) {
		Event event = builder.build();
		assertThat(event.getClass().isRecord()).isTrue();
		assertThat(Delivery.of("any", builder.json()).raw()).isEqualTo(builder.json());
	}

	@Test
	void hasABuilderForEachTypeOfEvent() {
		List<Class<?>> built = defaults().<Class<?>>map((builder) -> builder.build().getClass()).toList();
		assertThat(built).containsExactlyInAnyOrderElementsOf(leaves(Event.class));
	}

	private static List<Class<?>> leaves(Class<?> type) {
		return type.isSealed()
				? Stream.of(type.getPermittedSubclasses()).flatMap((sub) -> leaves(sub).stream()).toList()
				: List.of(type);
	}

	@Test
	void isNeverTheSameEventTwice() {
		assertThat(TestEvents.openChat().contact("c1").json()).isNotEqualTo(TestEvents.openChat().contact("c1").json());
		assertThat(TestEvents.payment().json()).isNotEqualTo(TestEvents.payment().json());
	}

	@Test
	void happensLaterThanTheOneBefore() {
		OpenChat first = TestEvents.openChat().build();
		OpenChat second = TestEvents.openChat().build();
		assertThat(second.occurredAt()).isAfter(first.occurredAt());
	}

	@ParameterizedTest
	@EnumSource
	void putsTheTextWhereTheChannelPutsIt(Channel service) {
		assertMessage(TestEvents.incomingMessage().service(service).text("hi").messageId("17").build(), service);
		assertMessage(TestEvents.outgoingMessage().service(service).text("hi").messageId("17").build(), service);
	}

	private static void assertMessage(MessageEvent message, Channel service) {
		assertThat(message.service()).isEqualTo(service);
		assertThat(message.text()).isEqualTo("hi");
		assertThat(message.messageId()).isEqualTo("17");
		assertThat(message.attachments()).isEmpty();
		assertThat(message.isComment()).isFalse();
	}

	@Test
	void isAPaymentThatWasMade() {
		PaymentOrder payment = TestEvents.payment()
			.order("A")
			.service(PaymentService.WEBSITES)
			.cost("12.50", "EUR")
			.build();
		assertThat(payment.isPaid()).isTrue();
		assertThat(payment.isTest()).isFalse();
		assertThat(payment.id()).isEqualTo("A");
		assertThat(payment.rawTotalCost()).isEqualTo("12.50");
		assertThat(TestEvents.payment().status(PaymentStatus.RETURNED_BY_SELLER).build().isReversed()).isTrue();
	}

	@Test
	void setsWhatHasNoMethodOfItsOwn() {
		IncomingMessage message = TestEvents.incomingMessage()
			.with("/info/message/sent_by/email", "anna@example.com")
			.with("/contact/telegram_id", 17)
			.build();
		assertThat(message.sentBy()).isNotNull();
		assertThat(message.contact()).extracting(Contact::telegramId).isEqualTo("17");
	}

	@Test
	void saysWhyItIsNoSuchEventAnyMore() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> TestEvents.payment().status(PaymentStatus.UNKNOWN).build())
			.withMessageContaining("'order.status' must be there");
		assertThatIllegalArgumentException().isThrownBy(() -> TestEvents.flowWebhook().title("open_chat").build())
			.withMessageContaining("Expected FlowWebhook, but it is OpenChat");
		assertThatIllegalArgumentException().isThrownBy(() -> TestEvents.openChat().with("", 1));
		assertThatIllegalArgumentException().isThrownBy(() -> TestEvents.openChat().info("{"))
			.withMessageContaining("no JSON");
	}

	@Test
	void leavesTheChoiceOfJsonToTheTest() {
		JsonNode json = new JsonMapper().readTree(TestEvents.flowWebhook().variable("Size of shoe", 43).json());
		assertThat(json.path("contact").path("Size of shoe").asInt()).isEqualTo(43);
		assertThat(new JsonMapper().readTree(TestEvents.openChat().variable("Age", 43).json())
			.at("/contact/variables/Age")
			.asInt()).isEqualTo(43);
	}

}
