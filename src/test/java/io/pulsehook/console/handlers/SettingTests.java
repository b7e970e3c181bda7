package io.pulsehook.console.handlers;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.pulsehook.dispatch.handler.HandlerSettings;
import io.pulsehook.dispatch.handler.HandlerSettings.Ordering;
import io.pulsehook.dispatch.handler.SettingOrigin;
import io.pulsehook.inbox.model.Rate;

import static org.assertj.core.api.Assertions.assertThat;

class SettingTests {

	@Test
	void saysWhatIsSetAndWhere() {
		assertThat(Setting.of(settings(Map.of("title", List.of("Reserved*", "Booked*")), Rate.of("100/10s"), 20),
				Map.of("filter", SettingOrigin.ANNOTATION, "rate", SettingOrigin.PROPERTY, "breaker",
						SettingOrigin.DEFAULT, "delay", SettingOrigin.PROPERTY, "multiplier", SettingOrigin.DEFAULT,
						"maxDelay", SettingOrigin.DEFAULT)))
			.contains(new Setting("Filter", "title: Reserved* or Booked*", "annotation"),
					new Setting("Rate", "100/10s over all replicas", "property"),
					new Setting("Rests", "after 20 failures in a row", "default"),
					new Setting("Pauses", "1.0 s ± 2.0 s, then × 3.0 up to 60 min", "property, default"));
	}

	@Test
	void saysWhatIsNotSet() {
		assertThat(Setting.of(settings(Map.of(), null, 0), Map.of())).contains(new Setting("Filter", "none", ""),
				new Setting("Rate", "not limited", ""), new Setting("Rests", "only when asked to", ""),
				new Setting("Retried", "all exceptions but IOException", ""));
	}

	private static HandlerSettings settings(Map<String, List<String>> filter, @Nullable Rate rate, int breaker) {
		return new HandlerSettings(3, Duration.ofSeconds(1), 3, Duration.ofHours(1), Duration.ofSeconds(2), List.of(),
				List.of(IOException.class), Duration.ofSeconds(60), 8, Ordering.KEY, filter, rate, breaker,
				Duration.ofSeconds(10), Duration.ofMinutes(1), 100);
	}

}
