package io.pulsehook.dispatch.attempt;

import org.junit.jupiter.api.Test;

import io.pulsehook.dispatch.handler.DestinationException;
import io.pulsehook.dispatch.handler.DestinationGoneException;

import static org.assertj.core.api.Assertions.assertThat;

class CallResultTests {

	@Test
	void hasTheAnswerOfAnException() {
		CallResult result = CallResult.failed(new DestinationException("500", "broken"));
		assertThat(result.answer()).isEqualTo("broken");
		assertThat(result.isGone()).isFalse();
	}

	@Test
	void hasTheAnswerOfACauseInTheMiddle() {
		DestinationException gone = new DestinationGoneException("410", "gone");
		gone.initCause(new IllegalStateException());
		CallResult result = CallResult.failed(new IllegalStateException(gone));
		assertThat(result.answer()).isEqualTo("gone");
		assertThat(result.isGone()).isTrue();
	}

	@Test
	void endsWhereExceptionsCauseEachOther() {
		IllegalStateException one = new IllegalStateException("one");
		one.initCause(new IllegalStateException("two", one));
		assertThat(CallResult.failed(one).answer()).isNull();
		assertThat(CallResult.failed(one).isGone()).isFalse();
	}

	@Test
	void cutsALongAnswerAndReplacesWhatADatabaseRefuses() {
		assertThat(new CallResult("a\u0000" + "b".repeat(5000), null).answer()).hasSize(2000).startsWith("a\uFFFDb");
	}

}
