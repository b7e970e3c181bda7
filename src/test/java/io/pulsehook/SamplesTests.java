package io.pulsehook;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

import io.pulsehook.event.BotBlock;
import io.pulsehook.event.Channel;
import io.pulsehook.event.CustomFlowRun;
import io.pulsehook.event.Event;
import io.pulsehook.event.FailedDelivery;
import io.pulsehook.event.FlowWebhook;
import io.pulsehook.event.IncomingMessage;
import io.pulsehook.event.LinkClick;
import io.pulsehook.event.NewSubscriber;
import io.pulsehook.event.OpenChat;
import io.pulsehook.event.OutgoingMessage;
import io.pulsehook.event.PaymentMethod;
import io.pulsehook.event.PaymentOrder;
import io.pulsehook.event.PaymentService;
import io.pulsehook.event.UnrecognizedEvent;
import io.pulsehook.event.Unsubscribe;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Samples}.
 */
class SamplesTests {

	static Stream<Arguments> samples() {
		return Stream.of(Arguments.of(Samples.NEW_SUBSCRIBER, "new_subscriber_telegram", NewSubscriber.class),
				Arguments.of(Samples.INCOMING_MESSAGE, "incoming_message_whatsapp", IncomingMessage.class),
				Arguments.of(Samples.OUTGOING_MESSAGE, "outgoing_message_telegram_inline_keyboard",
						OutgoingMessage.class),
				Arguments.of(Samples.OPEN_CHAT, "open_chat_telegram", OpenChat.class),
				Arguments.of(Samples.RUN_CUSTOM_FLOW, "run_custom_flow_telegram", CustomFlowRun.class),
				Arguments.of(Samples.LINK_CLICK, "link_click_telegram", LinkClick.class),
				Arguments.of(Samples.UNSUBSCRIBE, "unsubscribe_telegram", Unsubscribe.class),
				Arguments.of(Samples.BOT_BLOCK, "bot_block_telegram", BotBlock.class),
				Arguments.of(Samples.FLOW_WEBHOOK, "flow_webhook_messenger", FlowWebhook.class),
				Arguments.of(Samples.PAYMENT_ORDER, "payment_order_mercadopago", PaymentOrder.class));
	}

	@ParameterizedTest
	@MethodSource("samples")
	void isTheExampleOfThePage(String sample, String file, Class<? extends Event> type) {
		JsonMapper mapper = new JsonMapper();
		assertThat(mapper.readTree(sample)).isEqualTo(mapper.readTree(payload(file)));
		assertThat(Events.read(sample, type)).isEqualTo(Events.read(payload(file), type));
	}

	@ParameterizedTest
	@CsvSource({ "flow_webhook_messenger_MALFORMED_missing_comma,expecting comma",
			"incoming_message_whatsapp_MALFORMED_comments,'there is a comment, but JSON has no comments, at byte '",
			"incoming_message_whatsapp_MALFORMED_comments,'(line 2, column 16)'" })
	void anExampleThatThePagePrintsAsInvalidJsonIsKeptAsUnrecognized(String file, String reason) {
		assertThat(Events.read(payload(file), UnrecognizedEvent.class).reason()).contains(reason);
	}

	@Test
	void theExampleOfAnIncomingMessage() {
		IncomingMessage event = Events.read(Samples.INCOMING_MESSAGE, IncomingMessage.class);
		assertThat(event.service()).isEqualTo(Channel.WHATSAPP);
		assertThat(event.text()).isEqualTo("hey! whats up?");
		assertThat(event.messageId()).isEqualTo("ABCDOAk1Z43535-sKd--dduwQ9p");
		assertThat(event.attachments()).isEmpty();
		assertThat(event.isComment()).isFalse();
		assertThat(event.isEcho()).isFalse();
		assertThat(event.date()).isEqualTo(Instant.parse("2021-07-09T12:45:14Z"));
	}

	@Test
	void theExampleOfAnOutgoingMessage() {
		OutgoingMessage event = Events.read(Samples.OUTGOING_MESSAGE, OutgoingMessage.class);
		assertThat(event.text()).isEqualTo("Click");
		assertThat(event.messageId()).isEqualTo("943544");
		assertThat(event.sentBy()).isNull();
		assertThat(event.date()).as("15 digits are no date").isNull();
		assertThat(event.rawDate()).isEqualTo("16377585936738");
	}

	@Test
	void theExampleOfAFailedDelivery() {
		FailedDelivery event = Events.read(Samples.FAILED_DELIVERY, FailedDelivery.class);
		assertThat(event.errorCode()).isEqualTo("470");
		assertThat(event.messageId()).isEqualTo("ABCDOAk1346346go-sKd--dduwQ9p");
		assertThat(event.occurredAt()).isEqualTo("2025-07-28T11:00:01Z");
	}

	@Test
	void theExampleOfAFlowsWebhook() {
		FlowWebhook event = Events.read(Samples.FLOW_WEBHOOK, FlowWebhook.class);
		assertThat(event.title()).isEqualTo("Reserved. Apartment #3");
		assertThat(event.contact()).extracting((contact) -> contact.variable("name of variable").text())
			.isEqualTo("value of variable");
		assertThat(event.contact()).extracting((contact) -> List.of(contact.tags().get(0).name(), contact.email()))
			.isEqualTo(List.of("tag1", "name@example.com"));
	}

	@Test
	void theExampleOfAPayment() {
		PaymentOrder payment = Events.read(Samples.PAYMENT_ORDER, PaymentOrder.class);
		assertThat(payment.id()).isEqualTo("a3704313-8c0b-0000-b195-c6b84242f0e2");
		assertThat(payment.isPaid()).isTrue();
		assertThat(payment.isTest()).isTrue();
		assertThat(payment.totalCost()).isEqualTo("12");
		assertThat(payment.currency()).isEqualTo("BRL");
		assertThat(payment.customerName()).isEqualTo("User");
		assertThat(payment.service()).as("a code that the page's own table lacks").isEqualTo(PaymentService.UNKNOWN);
		assertThat(payment.serviceCode()).isEqualTo("2");
		assertThat(payment.method()).isEqualTo(PaymentMethod.MERCADO_PAGO);
		assertThat(payment.number()).isEqualTo("1618");
		assertThat(payment.contactId()).isEqualTo("7a505f4293dffcd7100f8f0004214892e4cf5618307908edf465042075d5c30");
		assertThat(payment.updatedAt()).isEqualTo("2022-02-11T14:47:14Z");
		assertThat(payment.createdAt()).isEqualTo("2022-02-11T14:47:13Z");
		assertThat(payment.description()).isEqualTo("Apple MercadoPago");
		assertThat(payment.timestamp()).isEqualTo("2022-02-11T14:47:14Z");
		assertThat(payment.version()).isEqualTo("1.0");
		assertThat(payment.event()).isEqualTo("payment_order");
		assertThat(payment.variables()).hasSize(6);
	}

	private static String payload(String file) {
		try (InputStream in = SamplesTests.class.getResourceAsStream("/payloads/" + file + ".json")) {
			assertThat(in).as(file).isNotNull();
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
