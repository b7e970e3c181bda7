package io.pulsehook.console.overview;

import java.time.Instant;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.pulsehook.inbox.history.History;
import io.pulsehook.inbox.history.Window;
import io.pulsehook.threads.BackgroundValue.Known;

import static org.assertj.core.api.Assertions.assertThat;

class HandledTests {

	private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

	private static final History HISTORY = new History(new Window(1, 60), NOW.minusSeconds(3_600), Map.of());

	@Test
	void saysSinceWhenItIsKnownUnlessThatIsJustNow() {
		assertThat(Handled.of(new Known<>(HISTORY, NOW.minusSeconds(9)), NOW).past()).isFalse();
		assertThat(Handled.of(new Known<>(HISTORY, NOW.minusSeconds(10)), NOW).past()).isTrue();
		assertThat(Handled.of(null, NOW).past()).isFalse();
	}

}
