package io.pulsehook.dispatch.rest;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import io.pulsehook.inbox.Deliveries;
import io.pulsehook.inbox.model.HandlerState;
import io.pulsehook.inbox.model.RestChange.Begin;
import io.pulsehook.inbox.model.RestChange.End;
import io.pulsehook.inbox.model.StateChange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests what a process goes by while its changes of a handler's state are being written.
 */
class RestsTests {

	private final Deliveries deliveries = mock(Deliveries.class);

	private final AtomicInteger written = new AtomicInteger();

	private final Rests rests = new Rests("h", this.deliveries, () -> {
	}, this.written::incrementAndGet);

	@Test
	void endsARestAtOnceAndHasItLookedAtAgainWhenThatIsOnDisk() {
		HandlerState resting = new Begin(null, "reason").applyTo(HandlerState.RUNNING, Instant.EPOCH);
		CompletableFuture<StateChange> write = new CompletableFuture<>();
		given(this.deliveries.changeRest("h", new End())).willReturn(write);
		this.rests.tell((state) -> resting);
		this.rests.decide(new End(), Instant.EPOCH);
		assertThat(this.rests.state()).isEqualTo(resting);
		this.rests.write(new End());
		assertThat(this.rests.state()).isEqualTo(HandlerState.RUNNING);
		assertThat(this.written).hasValue(0);
		write.complete(new StateChange(resting, HandlerState.RUNNING, Instant.EPOCH));
		assertThat(this.rests.state()).isEqualTo(HandlerState.RUNNING);
		assertThat(this.written).hasValue(1);
	}

	@Test
	void goesByWhatIsStoredIfAChangeCannotBeWritten() {
		HandlerState resting = new Begin(null, "reason").applyTo(HandlerState.RUNNING, Instant.EPOCH);
		given(this.deliveries.changeRest("h", new End()))
			.willReturn(CompletableFuture.failedFuture(new IllegalStateException()));
		this.rests.tell((state) -> resting);
		this.rests.decide(new End(), Instant.EPOCH);
		this.rests.write(new End());
		assertThat(this.rests.state()).isEqualTo(resting);
	}

}
