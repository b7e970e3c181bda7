package io.pulsehook;

import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Delivery}.
 */
class DeliveryTests {

	@Test
	void hasTheEventAloneAsInProduction() {
		Delivery delivery = Delivery.of("audit", Samples.OPEN_CHAT);
		assertThat(delivery.raw()).isEqualTo(Samples.element(Samples.OPEN_CHAT)).startsWith("{").endsWith("}");
		assertThat(Events.read(delivery.raw())).isEqualTo(Events.read(Samples.OPEN_CHAT));
	}

	@Test
	void isTheFirstAttempt() {
		Delivery delivery = Delivery.of("audit", "{}");
		assertThat(delivery.handler()).isEqualTo("audit");
		assertThat(delivery.attempt()).isEqualTo(1);
		assertThat(delivery.isReplay()).isFalse();
		assertThat(delivery.isLastAttempt()).isFalse();
		assertThat(Delivery.builder("audit").lastAttempt(true).build().isLastAttempt()).isTrue();
		assertThat(delivery.source()).isEqualTo("default");
	}

	@Test
	void arrivedWhenItWasReceivedUnlessItWaited() {
		Delivery.Builder builder = Delivery.builder("audit").receivedAt(Instant.EPOCH);
		assertThat(builder.build().arrivedAt()).isEqualTo(Instant.EPOCH);
		assertThat(builder.arrivedAt(Instant.EPOCH.minusSeconds(1)).build().arrivedAt())
			.isEqualTo(Instant.EPOCH.minusSeconds(1));
	}

	@Test
	void leavesAnEventWithoutArrayAsItIs() {
		assertThat(Samples.element(Samples.PAYMENT_ORDER)).isEqualTo(Samples.PAYMENT_ORDER.strip());
		assertThat(Delivery.builder("audit").raw("[{\"a\":1}]").build().raw()).isEqualTo("{\"a\":1}");
	}

	@Test
	void keepsWhatIsNoJson() {
		assertThat(Delivery.of("audit", "[{\"title\":").raw()).isEqualTo("[{\"title\":");
	}

	@ParameterizedTest
	@ValueSource(strings = { "[]", "[{},{}]" })
	void hasOneEvent(String body) {
		assertThatIllegalArgumentException().isThrownBy(() -> Delivery.of("audit", body))
			.withMessageContaining("one event");
	}

}
