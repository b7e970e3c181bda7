package io.pulsehook.inbox.commit;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.pulsehook.inbox.model.InboxUnavailableException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests how long a request waits for its commit.
 */
@Timeout(30)
class DeadlinesTests {

	private final AtomicLong now = new AtomicLong();

	private final AtomicInteger looks = new AtomicInteger();

	@Test
	void giveUpWhatIsLateAndNothingEarlier() {
		try (Deadlines deadlines = deadlines(Duration.ofMillis(300))) {
			CompletableFuture<String> late = new CompletableFuture<>();
			CompletableFuture<String> early = new CompletableFuture<>();
			deadlines.limit(late);
			deadlines.limit(early);
			early.complete("stored");
			lookAt(Duration.ofMillis(300).minusNanos(1));
			assertThat(late).isNotDone();
			lookAt(Duration.ofMillis(300));
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(late::get)
				.withCauseInstanceOf(InboxUnavailableException.class)
				.withMessageContaining("did not return in time");
			assertThat(early).isCompletedWithValue("stored");
		}
	}

	@Test
	void holdBackNoLaterOneForAnEarlierOne() {
		try (Deadlines deadlines = deadlines(Duration.ofMillis(100))) {
			CompletableFuture<String> earlier = new CompletableFuture<>();
			CompletableFuture<String> later = new CompletableFuture<>();
			deadlines.limit(earlier);
			this.now.set(Duration.ofMillis(60).toNanos());
			deadlines.limit(later);
			lookAt(Duration.ofMillis(100));
			assertThat(earlier).isCompletedExceptionally();
			assertThat(later).isNotDone();
			lookAt(Duration.ofMillis(160));
			assertThat(later).isCompletedExceptionally();
		}
	}

	// Each that is given up asks whether a later one could still be stored.
	@Test
	void giveUpAllTogetherSoThatNoneOvertakesAnother() {
		try (Deadlines deadlines = deadlines(Duration.ofMillis(100), true)) {
			List<CompletableFuture<String>> requests = Stream.generate(CompletableFuture<String>::new)
				.limit(20)
				.toList();
			List<Integer> overtaken = new CopyOnWriteArrayList<>();
			for (int i = 0; i < requests.size(); i++) {
				int place = i;
				requests.get(i).whenComplete((stored, ex) -> {
					if (requests.stream().skip(place + 1).anyMatch((later) -> !later.isDone())) {
						overtaken.add(place);
					}
				});
				deadlines.limit(requests.get(i));
				this.now.addAndGet(Duration.ofMillis(4).toNanos());
			}
			lookAt(Duration.ofMillis(100));
			assertThat(requests).allMatch(CompletableFuture::isCompletedExceptionally);
			assertThat(overtaken).isEmpty();
			CompletableFuture<String> next = new CompletableFuture<>();
			deadlines.limit(next);
			lookAt(Duration.ofMillis(199));
			assertThat(next).isNotDone();
		}
	}

	@Test
	void leaveNobodyWaitingAtTheEnd() {
		CompletableFuture<String> waiting = new CompletableFuture<>();
		try (Deadlines deadlines = new Deadlines(Duration.ofMinutes(1), false)) {
			deadlines.limit(waiting);
		}
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(waiting::get)
			.withCauseInstanceOf(InboxUnavailableException.class);
	}

	private Deadlines deadlines(Duration patience) {
		return deadlines(patience, false);
	}

	private Deadlines deadlines(Duration patience, boolean together) {
		return new Deadlines(patience, together, () -> {
			this.looks.incrementAndGet();
			return this.now.get();
		});
	}

	// Waits for two looks at the clock: the first may have begun before the time was set.
	private void lookAt(Duration time) {
		this.now.set(time.toNanos());
		int before = this.looks.get();
		Awaitility.await().pollInterval(Duration.ofMillis(5)).until(() -> this.looks.get() >= before + 2);
	}

}
