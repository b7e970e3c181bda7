package io.pulsehook.dispatch.rest;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import io.pulsehook.inbox.Deliveries;
import io.pulsehook.inbox.model.HandlerState;
import io.pulsehook.inbox.model.RestChange.Begin;
import io.pulsehook.inbox.model.RestChange.End;
import io.pulsehook.inbox.model.RestChange.Pause;
import io.pulsehook.inbox.model.RestChange.ProbeFailed;
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

	@Test
	void staysPausedUntilThePauseIsOnDiskWhateverItIsToldMeanwhile() {
		HandlerState resting = new Begin(null, "reason").applyTo(HandlerState.RUNNING, Instant.EPOCH);
		HandlerState gone = new Pause().applyTo(resting, Instant.EPOCH);
		CompletableFuture<StateChange> write = new CompletableFuture<>();
		given(this.deliveries.changeRest("h", new Pause())).willReturn(write);
		this.rests.decide(new Pause(), Instant.EPOCH);
		assertThat(this.rests.state()).isEqualTo(new Pause().applyTo(HandlerState.RUNNING, Instant.EPOCH));
		this.rests.tell((state) -> resting);
		assertThat(this.rests.state().paused()).isTrue();
		this.rests.write(new Pause());
		write.complete(new StateChange(resting, gone, Instant.EPOCH));
		assertThat(this.rests.state()).isEqualTo(gone);
		this.rests.tell((state) -> state.withPaused(false));
		assertThat(this.rests.state().mayProbe(Instant.EPOCH)).isTrue();
	}

	@Test
	void staysPausedWhateverEarlierAttemptsShow() {
		HandlerState gone = new Pause().applyTo(HandlerState.RUNNING, Instant.EPOCH);
		Instant later = Instant.EPOCH.plusSeconds(5);
		assertThat(new End().applyTo(gone, later)).isEqualTo(gone);
		assertThat(new Begin(null, "reason").applyTo(gone, later)).isEqualTo(gone);
		assertThat(new ProbeFailed(later.plusSeconds(1), "reason").applyTo(gone, later)).isEqualTo(gone);
		assertThat(new Pause().applyTo(gone, later)).isEqualTo(gone);
	}

}
