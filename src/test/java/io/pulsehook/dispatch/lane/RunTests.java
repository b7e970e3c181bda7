package io.pulsehook.dispatch.lane;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.pulsehook.inbox.model.DueDelivery;

import static org.assertj.core.api.Assertions.assertThat;

class RunTests {

	private final AtomicInteger unended = new AtomicInteger();

	private final List<@Nullable Throwable> reported = new ArrayList<>();

	@Test
	void countsAsUnendedUntilItsHandlerHasReturned() {
		List<Integer> whileRunning = new ArrayList<>();
		Run run = run(() -> {
			whileRunning.add(this.unended.get());
			return null;
		});
		run.countAmong(this.unended);
		run.run();
		assertThat(whileRunning).containsExactly(1);
		assertThat(this.unended).hasValue(0);
		run.countNoMore();
		assertThat(this.unended).as("It was counted once").hasValue(0);
	}

	@Test
	void countsNoMoreWhenItIsGivenBack() {
		Run run = run(() -> null);
		run.countAmong(this.unended);
		run.countNoMore();
		run.countNoMore();
		assertThat(this.unended).hasValue(0);
	}

	@Test
	void countsForItsNewLaneUnlessItsHandlerHasReturned() {
		AtomicInteger former = new AtomicInteger();
		Run run = run(() -> null);
		run.countAmong(former);
		run.countAmong(this.unended);
		assertThat(this.unended).hasValue(1);
		run.run();
		assertThat(this.unended).hasValue(0);
		run.countAmong(this.unended);
		assertThat(this.unended).hasValue(0);
	}

	@Test
	void isHungOnceItGoesOnAfterItsInterruption() {
		List<@Nullable Throwable> hung = new ArrayList<>();
		List<Run> self = new ArrayList<>();
		Run run = run(() -> {
			hung.add(self.get(0).hungSince(5));
			self.get(0).timeOut(5);
			hung.add(self.get(0).hungSince(4));
			hung.add(self.get(0).hungSince(5));
			hung.add(self.get(0).hungSince(5));
			return null;
		});
		self.add(run);
		run.run();
		assertThat(hung).hasSize(4);
		assertThat(hung.get(0)).as("In time").isNull();
		assertThat(hung.get(1)).as("It may still react").isNull();
		assertThat(hung.get(2)).isNotNull();
		assertThat(hung.get(3)).as("Told already").isNull();
		assertThat(run.hungSince(5)).as("It has returned").isNull();
		assertThat(this.reported).containsExactly(hung.get(2));
	}

	@Test
	void endsWhateverIsThrownBeforeItBegins() {
		Error error = new LinkageError("What belongs to a burst cannot be found out");
		Run run = run(() -> null, (due) -> {
			throw error;
		});
		run.countAmong(this.unended);
		run.run();
		assertThat(this.reported).containsExactly(error);
		assertThat(this.unended).hasValue(0);
		assertThat(run.isRunning()).isFalse();
	}

	private Run run(Callable<@Nullable String> attempt) {
		return run(attempt, (due) -> true);
	}

	private Run run(Callable<@Nullable String> attempt, Predicate<DueDelivery> held) {
		DueDelivery delivery = new DueDelivery(1, "h", null, 1, 0, 1, "default", "OpenChat", null, Instant.EPOCH, null,
				null, new byte[0], 0, 0, null, false, null);
		return new Run(delivery, attempt, (run, startedAt, result) -> this.reported.add(result.thrown()),
				InstantSource.system(), held);
	}

}
