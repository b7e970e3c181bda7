package io.pulsehook.test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import io.pulsehook.Samples;
import io.pulsehook.event.Channel;
import io.pulsehook.event.Event;
import io.pulsehook.event.IncomingMessage;
import io.pulsehook.inbox.model.DeliveryStatus;
import io.pulsehook.receive.ReceiveException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Pulsehook}, as those of an application's handlers.
 */
@PulsehookTest(classes = TestedHandlers.class)
class PulsehookTests {

	@Autowired
	private Pulsehook pulsehook;

	@Autowired
	private TestedHandlers handlers;

	@BeforeEach
	void forgetWhatWasHandled() {
		this.handlers.handled.clear();
		this.handlers.greeted.clear();
	}

	@Test
	void handlesWhatIsPostedAsItWasBuilt() {
		IncomingMessage message = TestEvents.incomingMessage()
			.service(Channel.WHATSAPP)
			.contact("c1")
			.text("hi")
			.tags("vip")
			.variable("age", 43)
			.phone("{{phone}}")
			.build();
		assertThat(this.pulsehook.post(message).accepted()).isEqualTo(1);
		this.pulsehook.awaitDone();
		assertThat(this.handlers.handled).containsExactly(message);
		assertThat(this.pulsehook.deliveries()).singleElement()
			.satisfies((delivery) -> assertThat(delivery.handler()).isEqualTo("reply"))
			.satisfies((delivery) -> assertThat(delivery.status()).isEqualTo(DeliveryStatus.DONE))
			.satisfies((delivery) -> assertThat(delivery.attempts()).isEqualTo(1))
			.satisfies((delivery) -> assertThat(delivery.error()).isNull());
	}

	@Test
	void postsSeveralInTheirOrder() {
		Event[] events = { TestEvents.incomingMessage().contact("c1").text("1").build(),
				TestEvents.incomingMessage().contact("c1").text("2").build() };
		assertThat(this.pulsehook.post(events).accepted()).isEqualTo(2);
		this.pulsehook.awaitDone();
		assertThat(this.handlers.handled).containsExactly(events);
	}

	@RepeatedTest(2)
	void beginsEachTestWithNothing() {
		assertThat(this.pulsehook.deliveries()).isEmpty();
		assertThat(this.pulsehook.post(Samples.INCOMING_MESSAGE).accepted()).isEqualTo(1);
		assertThat(this.pulsehook.post(Samples.INCOMING_MESSAGE).duplicates()).isEqualTo(1);
		this.pulsehook.post(TestEvents.payment().order("A").build());
		assertThat(this.pulsehook.deliveries()).hasSize(2);
	}

	@Test
	void triesAgainUntilItIsDone() {
		this.pulsehook.post(TestEvents.incomingMessage().text("fail twice").build());
		this.pulsehook.awaitDone();
		assertThat(this.handlers.handled).hasSize(1);
		assertThat(this.pulsehook.deliveries()).singleElement()
			.satisfies((delivery) -> assertThat(delivery.attempts()).isEqualTo(3));
	}

	@Test
	void setsTheClockForwardToTheEndOfARest() {
		Instant before = Instant.now();
		this.pulsehook.post(TestEvents.incomingMessage().contact("c1").text("busy twice").build());
		this.pulsehook.post(TestEvents.incomingMessage().contact("c2").text("hi").build());
		this.pulsehook.awaitDone();
		assertThat(this.handlers.handled).hasSize(2);
		assertThat(this.pulsehook.deliveries()).first()
			.satisfies((delivery) -> assertThat(delivery.attempts()).isEqualTo(3))
			.satisfies((delivery) -> assertThat(delivery.putOffs()).isEqualTo(2));
		assertThat(this.pulsehook.clock().instant()).isAfter(before.plus(Duration.ofMinutes(10)));
	}

	@RepeatedTest(2)
	void letsNoHandlerRestBecauseOfTheTestBefore() {
		this.pulsehook.post(TestEvents.incomingMessage().text("hi").build());
		this.pulsehook.awaitDone();
		assertThat(this.pulsehook.clock().instant()).isBefore(Instant.now().plus(Duration.ofMinutes(1)));
		this.pulsehook.post(TestEvents.incomingMessage().text("busy for ever").build());
		Awaitility.await().until(() -> this.pulsehook.deliveries().get(1).putOffs() == 1);
	}

	@Test
	void givesUpAsInProductionButAtOnce() {
		Instant before = Instant.now();
		this.pulsehook.post(TestEvents.payment().order("A").build(), TestEvents.payment().order("A").build());
		this.pulsehook.awaitDone(Duration.ofMinutes(2));
		assertThat(this.pulsehook.deadLetters()).hasSize(2)
			.allSatisfy((delivery) -> assertThat(delivery.error()).contains("no access for A"))
			.allSatisfy((delivery) -> assertThat(delivery.attempts()).isEqualTo(17));
		// Jitter spreads the retries: both deliveries together take eleven hours on the
		// average, and never a third of that.
		assertThat(this.pulsehook.clock().instant()).isAfter(before.plus(Duration.ofHours(3)));
	}

	@Test
	void runsWhatIsDueWhenTheClockIsSetForward() {
		assertThat(Duration.between(Instant.now(), this.pulsehook.clock().instant())).isLessThan(Duration.ofMinutes(1));
		this.pulsehook.post(TestEvents.payment().build());
		awaitAttempts(1);
		for (int attempts = 2; attempts < 6; attempts++) {
			this.pulsehook.clock().advance(Duration.ofHours(1).plusSeconds(1));
			awaitAttempts(attempts);
		}
	}

	private void awaitAttempts(int attempts) {
		Awaitility.await()
			.untilAsserted(() -> assertThat(this.pulsehook.deliveries()).singleElement()
				.satisfies((delivery) -> assertThat(delivery.status()).isEqualTo(DeliveryStatus.RETRYING))
				.satisfies((delivery) -> assertThat(delivery.attempts()).isEqualTo(attempts)));
	}

	@Test
	void handsOverABurstWhenTheClockIsSetForward() {
		this.pulsehook.post(TestEvents.newSubscriber().contact("c1").build());
		this.pulsehook.clock().advance(Duration.ofSeconds(5));
		this.pulsehook.post(TestEvents.newSubscriber().contact("c1").build());
		assertThat(this.handlers.greeted).isEmpty();
		this.pulsehook.clock().advance(Duration.ofSeconds(10));
		Awaitility.await().until(() -> !this.handlers.greeted.isEmpty());
		this.pulsehook.post(TestEvents.newSubscriber().contact("c1").build());
		Instant before = this.pulsehook.clock().instant();
		this.pulsehook.awaitDone();
		assertThat(this.handlers.greeted).extracting(List::size).containsExactly(2, 1);
		assertThat(this.pulsehook.clock().instant()).as("The kit sets the clock forward by itself")
			.isAfter(before.plus(Duration.ofSeconds(8)));
	}

	@RepeatedTest(2)
	void doesNotWaitInRealTimeForWhatARatePermits() {
		for (int i = 0; i < 6; i++) {
			this.pulsehook.post(TestEvents.unsubscribe().contact("c" + i).build());
		}
		Instant before = this.pulsehook.clock().instant();
		this.pulsehook.awaitDone();
		assertThat(this.handlers.handled).hasSize(6);
		assertThat(this.pulsehook.deliveries()).allSatisfy((delivery) -> assertThat(delivery.attempts()).isEqualTo(1));
		assertThat(this.pulsehook.clock().instant()).as("The rate is kept").isAfter(before.plusSeconds(60));
	}

	@Test
	void saysWhatHasNotEnded() {
		this.handlers.gate = new CountDownLatch(1);
		this.pulsehook.post(TestEvents.openChat().contact("c1").build(), TestEvents.openChat().contact("c1").build());
		try {
			Awaitility.await().until(() -> this.pulsehook.deliveries().get(0).status() == DeliveryStatus.RUNNING);
			assertThatExceptionOfType(AssertionError.class)
				.isThrownBy(() -> this.pulsehook.awaitDone(Duration.ofMillis(50)))
				.withMessageContaining("2 deliveries have not ended")
				.withMessageContaining("at handler 'call': its handler has been called and has not returned")
				.withMessageContaining("at handler 'call': waits behind an earlier event");
		}
		finally {
			this.handlers.gate.countDown();
		}
		this.pulsehook.awaitDone();
		assertThat(this.handlers.handled).hasSize(2);
	}

	@Test
	void listsNothingForWhatNobodyHandles() {
		assertThat(this.pulsehook.post(TestEvents.linkClick().build()).accepted()).isEqualTo(1);
		this.pulsehook.awaitDone();
		assertThat(this.pulsehook.deliveries()).isEmpty();
	}

	@Test
	void refusesWhatProductionRefuses() {
		assertThatExceptionOfType(ReceiveException.class).isThrownBy(() -> this.pulsehook.post("[{"));
		assertThat(this.pulsehook.post(TestEvents.unrecognized().json()).unrecognized()).isEqualTo(1);
		assertThatIllegalArgumentException().isThrownBy(() -> this.pulsehook.post(TestEvents.unrecognized().build()))
			.withMessageContaining("Post its JSON");
	}

	@Test
	void doesNotSetTheClockBack() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.pulsehook.clock().advance(Duration.ofSeconds(-1)))
			.withMessageContaining("forward only");
	}

}
