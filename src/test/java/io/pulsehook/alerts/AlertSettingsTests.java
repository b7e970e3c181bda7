package io.pulsehook.alerts;

import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

import io.pulsehook.autoconfigure.AlertsAutoConfiguration;
import io.pulsehook.autoconfigure.PulsehookAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests which mistakes in the configuration of alarms end the start.
 */
class AlertSettingsTests {

	private WebApplicationContextRunner runner = new WebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(PulsehookAutoConfiguration.class, AlertsAutoConfiguration.class));

	@BeforeEach
	void useADirectoryOfItsOwn(@TempDir Path directory) {
		this.runner = this.runner.withPropertyValues("pulsehook.data-dir=" + directory,
				"pulsehook.token=a-token-for-the-tests-of-alerts");
	}

	@Test
	void thereAreNoAlarmsWithoutAUrl() {
		this.runner.run((context) -> assertThat(context).doesNotHaveBean(AlertSettings.class));
	}

	@Test
	void hasDefaultsForAllButTheUrl() {
		this.runner.withPropertyValues("pulsehook.alerts.url=https://alarms.example").run((context) -> {
			AlertSettings settings = context.getBean(AlertSettings.class);
			assertThat(settings.format()).isEqualTo(AlertFormat.STANDARD);
			assertThat(settings.digest()).hasHours(1);
			assertThat(settings.silence()).isNull();
		});
	}

	@Test
	void aUrlOfAnotherSchemeOrNoneEndsTheStartAndIsNotQuoted() {
		for (String url : new String[] { "ftp://a-secret.example", "a-secret", "" }) {
			this.runner.withPropertyValues("pulsehook.alerts.url=" + url)
				.run((context) -> assertThat(context.getStartupFailure()).rootCause()
					.hasMessage("pulsehook.alerts.url must begin with https:// or http://"));
		}
	}

	@Test
	void telegramWithoutAChatEndsTheStart() {
		this.runner
			.withPropertyValues("pulsehook.alerts.url=https://alarms.example", "pulsehook.alerts.format=telegram")
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.hasMessageContaining("pulsehook.alerts.chat-id must name the chat"));
	}

}
