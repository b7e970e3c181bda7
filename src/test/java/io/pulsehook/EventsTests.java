package io.pulsehook;

import org.junit.jupiter.api.Test;

import io.pulsehook.event.ChatbotEvent;
import io.pulsehook.event.Event;
import io.pulsehook.event.IncomingMessage;
import io.pulsehook.event.OpenChat;
import io.pulsehook.event.PaymentOrder;
import io.pulsehook.event.UnrecognizedEvent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Events}.
 */
class EventsTests {

	@Test
	void readsTheOneEventOfABody() {
		assertThat(Events.read(Samples.INCOMING_MESSAGE, IncomingMessage.class).text()).isEqualTo("hey! whats up?");
		assertThat(Events.read(Samples.PAYMENT_ORDER, PaymentOrder.class).isPaid()).isTrue();
		assertThat(Events.read(Samples.OPEN_CHAT, ChatbotEvent.class)).isInstanceOf(OpenChat.class);
		assertThat(Events.read(Samples.OPEN_CHAT, Event.class)).isInstanceOf(OpenChat.class);
	}

	@Test
	void readsSeveralEventsOfOneBody() {
		assertThat(Events.read("""
				[{"title":"incoming_message","contact":{"id":1,"last_message":"hi"}},{"title":"open_chat"}]"""))
			.satisfiesExactly((first) -> assertThat(first).isInstanceOf(IncomingMessage.class),
					(second) -> assertThat(second).isInstanceOf(OpenChat.class));
	}

	@Test
	void aBadElementTakesNoNeighbourAlong() {
		assertThat(Events.read("""
				[{"title":"open_chat"},{"title":},7,{"title":"open_chat","date":%s},{"order":{"id":1,"status":200}}]"""
			.formatted("9".repeat(1_001)))).extracting((event) -> event.getClass().getSimpleName())
			.containsExactly("OpenChat", "UnrecognizedEvent", "UnrecognizedEvent", "UnrecognizedEvent", "PaymentOrder");
	}

	@Test
	void anEmptyArrayHasNoEvents() {
		assertThat(Events.read("[]")).isEmpty();
	}

	@Test
	void saysWhereABodyIsBroken() {
		assertThatIllegalArgumentException().isThrownBy(() -> Events.read("[{}"))
			.withMessage("The body cannot be split into events: The array is not closed: the body ends at byte 3");
	}

	@Test
	void saysWhatTheEventIsInstead() {
		assertThatIllegalArgumentException().isThrownBy(() -> Events.read(Samples.OPEN_CHAT, PaymentOrder.class))
			.withMessage("Expected PaymentOrder, but it is OpenChat");
		assertThatIllegalArgumentException().isThrownBy(() -> Events.read("{}", PaymentOrder.class))
			.withMessage("Expected PaymentOrder, but it is UnrecognizedEvent: Neither a chatbot event nor a payment: "
					+ "'title' must be there and not be blank");
		assertThatIllegalArgumentException().isThrownBy(() -> Events.read("[]", PaymentOrder.class))
			.withMessage("Expected one PaymentOrder, but the body holds 0 events");
	}

	@Test
	void readsWhatIsNotRecognizedAsSuch() {
		assertThat(Events.read("{}", UnrecognizedEvent.class).occurredAt()).isNull();
	}

}
