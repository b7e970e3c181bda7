package io.pulsehook.inbox;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * How long a request waits for its commit.
 */
@Timeout(30)
class DeadlinesTests {

	@Test
	void giveUpWhatIsLateAndNothingEarlier() {
		try (Deadlines deadlines = new Deadlines(Duration.ofMillis(300))) {
			CompletableFuture<String> late = new CompletableFuture<>();
			CompletableFuture<String> early = new CompletableFuture<>();
			long begin = System.nanoTime();
			deadlines.limit(late);
			deadlines.limit(early);
			early.complete("stored");
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(late::get)
				.withCauseInstanceOf(InboxUnavailableException.class)
				.withMessageContaining("did not return in time");
			assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(300));
			assertThat(early).isCompletedWithValue("stored");
		}
	}

	@Test
	void holdBackNoLaterOneForAnEarlierOne() throws Exception {
		try (Deadlines deadlines = new Deadlines(Duration.ofMillis(100))) {
			deadlines.limit(new CompletableFuture<>());
			Thread.sleep(60);
			CompletableFuture<String> later = new CompletableFuture<>();
			deadlines.limit(later);
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(later::get);
		}
	}

	@Test
	void leaveNobodyWaitingAtTheEnd() {
		CompletableFuture<String> waiting = new CompletableFuture<>();
		try (Deadlines deadlines = new Deadlines(Duration.ofMinutes(1))) {
			deadlines.limit(waiting);
		}
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(waiting::get)
			.withCauseInstanceOf(InboxUnavailableException.class);
	}

}
