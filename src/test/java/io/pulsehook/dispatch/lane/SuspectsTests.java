package io.pulsehook.dispatch.lane;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import org.junit.jupiter.api.Test;

import io.pulsehook.inbox.model.DueDelivery;

import static org.assertj.core.api.Assertions.assertThat;

class SuspectsTests {

	private long nanos;

	private final Suspects suspects = new Suspects(() -> this.nanos);

	private final List<String> woken = new ArrayList<>();

	private final Runnable one = () -> this.woken.add("one");

	private final Runnable other = () -> this.woken.add("other");

	private final Runnable third = () -> this.woken.add("third");

	@Test
	void letHandlersTakeTurns() {
		Run first = begin(this.one, () -> null);
		assertThat(this.suspects.mayRun(this.other)).isFalse();
		assertThat(this.suspects.mayRun(this.third)).isFalse();
		this.suspects.ended(first);
		assertThat(this.woken).containsExactly("other", "third", "one");
		assertThat(this.suspects.mayRun(this.one)).isFalse();
		assertThat(this.suspects.mayRun(this.third)).isFalse();
		Run second = begin(this.other, () -> null);
		this.suspects.ended(second);
		assertThat(this.suspects.mayRun(this.one)).isFalse();
		Run last = begin(this.third, () -> null);
		this.suspects.ended(last);
		assertThat(this.suspects.mayRun(this.one)).isTrue();
	}

	@Test
	void letTheNextOneGoOnceAHandlerHasNone() {
		Run first = begin(this.one, () -> null);
		this.suspects.mayRun(this.other);
		this.suspects.mayRun(this.third);
		this.suspects.ended(first);
		this.woken.clear();
		this.suspects.leave(this.other);
		assertThat(this.woken).containsExactly("third", "one");
		assertThat(this.suspects.mayRun(this.third)).isTrue();
	}

	@Test
	void doNotWaitForAHandlerThatDoesNotTakeItsTurn() {
		assertThat(this.suspects.mayRun(this.one)).isTrue();
		assertThat(this.suspects.mayRun(this.other)).isFalse();
		this.suspects.watch();
		assertThat(this.suspects.mayRun(this.other)).isFalse();
		this.nanos += Duration.ofSeconds(2).toNanos();
		this.suspects.watch();
		assertThat(this.woken).containsExactly("other");
		assertThat(this.suspects.mayRun(this.other)).isTrue();
	}

	@Test
	void doNotWaitForAnOutcomeThatIsNeverWritten() {
		Run unsettled = begin(this.one, () -> null);
		assertThat(this.suspects.mayRun(this.other)).isFalse();
		this.suspects.watch();
		assertThat(this.suspects.mayRun(this.other)).isFalse();
		unsettled.run();
		this.suspects.watch();
		assertThat(this.woken).contains("other");
		assertThat(this.suspects.mayRun(this.other)).isTrue();
	}

	@Test
	void doNotWaitForWhatHangs() {
		List<Run> self = new ArrayList<>();
		List<Boolean> mayRun = new ArrayList<>();
		Run hanging = begin(this.one, () -> {
			mayRun.add(this.suspects.mayRun(this.other));
			self.get(0).timeOut(0);
			this.suspects.watch();
			return mayRun.add(this.suspects.mayRun(this.other));
		});
		self.add(hanging);
		hanging.run();
		assertThat(mayRun).containsExactly(false, true);
	}

	private Run begin(Runnable handler, Callable<?> attempt) {
		assertThat(this.suspects.mayRun(handler)).isTrue();
		Run run = new Run(new DueDelivery(1, "h", null, 1, 0, 0, "s", "OpenChat", null, Instant.EPOCH, null, null,
				new byte[0], 2, 0, null, false, null), () -> {
					attempt.call();
					return null;
				}, (ended, startedAt, result) -> {
				}, InstantSource.system(), (delivery) -> true);
		this.suspects.begin(run, handler);
		return run;
	}

}
