package io.pulsehook.dispatch.attempt;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import io.pulsehook.RetryLaterException;
import io.pulsehook.dispatch.handler.DestinationException;
import io.pulsehook.inbox.model.Outcome.Failure;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what the operator sees of an exception.
 */
class FailuresTests {

	private final DestinationException refusal = new DestinationException("The answer was 429 Too Many Requests.",
			"Slow down.");

	@Test
	void keepsTheStackTraceOfAHandler() {
		Failure failure = Failures.whole(new IllegalStateException("No account"));
		assertThat(failure.error()).isEqualTo("java.lang.IllegalStateException: No account");
		assertThat(failure.stackTrace()).contains("keepsTheStackTraceOfAHandler");
	}

	@Test
	void tellsInASentenceThatAnotherSystemDidNotTakeAnEvent() {
		assertThat(Failures.whole(this.refusal)).isEqualTo(new Failure("The answer was 429 Too Many Requests.", ""));
	}

	@Test
	void tellsInTheSameSentenceThatItAskedForAPause() {
		assertThat(Failures.whole(new RetryLaterException(Duration.ofSeconds(7), this.refusal)))
			.isEqualTo(new Failure("The answer was 429 Too Many Requests.", ""));
	}

	@Test
	void survivesAnExceptionWhoseMethodsFail() {
		RuntimeException broken = new RuntimeException() {

			@Override
			public String getMessage() {
				throw new IllegalStateException("broken");
			}

		};
		assertThat(Failures.whole(broken).error()).startsWith(getClass().getName());
	}

}
