package io.pulsehook.dispatch;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.Test;

import io.pulsehook.RetryLaterException;
import io.pulsehook.inbox.model.DeliveryStatus;
import io.pulsehook.inbox.model.HandlerState;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what becomes of bursts while their handler rests.
 */
class BurstRestTests extends BurstFixture {

	@Test
	void aBurstIsTriedDuringTheRestAndLetsTheHandlerGoOn() {
		this.behaviour = (events, delivery) -> {
			throw new RetryLaterException(Duration.ofMinutes(5));
		};
		start();
		store("c", 1, 2);
		awaitDueIn(1, 10);
		advance(10);
		awaitRest(0);
		store("c", 3);
		advance(300);
		awaitRest(1);
		store("d", 1, 2);
		this.behaviour = (events, delivery) -> {
		};
		advance(300);
		await(() -> assertThat(this.storage.subscribers().states()).containsEntry("h", HandlerState.RUNNING));
		await(() -> assertThat(List.of(1, 2, 3, 4, 5)).extracting((event) -> delivery(event).status())
			.containsOnly(DeliveryStatus.DONE));
		assertThat(this.calls.stream().filter((call) -> call.contact().equals("c")).map(Call::numbers))
			.containsExactly(List.of(1, 2), List.of(1, 2), List.of(1, 2), List.of(3));
		assertThat(this.calls.stream().filter((call) -> call.contact().equals("d")).map(Call::numbers))
			.containsExactly(List.of(1, 2));
	}

	private void awaitRest(int probes) {
		await(() -> assertThat(this.storage.subscribers().states().get("h")).satisfies((state) -> {
			assertThat(state.isResting()).isTrue();
			assertThat(Objects.requireNonNull(state.rest()).probes()).isEqualTo(probes);
		}));
	}

}
