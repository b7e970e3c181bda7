package io.pulsehook.autoconfigure.sendpulse;

import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.pulsehook.autoconfigure.PulsehookAutoConfiguration;
import io.pulsehook.reconcile.ReconcileSettings;
import io.pulsehook.reconcile.Reconciliations;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ReconciliationAutoConfiguration}.
 */
@ExtendWith(OutputCaptureExtension.class)
class ReconciliationAutoConfigurationTests {

	private final WebApplicationContextRunner runner;

	private final WebApplicationContextRunner withAccount;

	ReconciliationAutoConfigurationTests(@TempDir Path directory) {
		this.runner = new WebApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(PulsehookAutoConfiguration.class, SendPulseAutoConfiguration.class,
					ReconciliationAutoConfiguration.class))
			.withPropertyValues("pulsehook.data-dir=" + directory);
		this.withAccount = this.runner.withPropertyValues("pulsehook.sendpulse.url=http://127.0.0.1:1",
				"pulsehook.sendpulse.api-key=key");
	}

	@Test
	void doesNothingByItselfAndLooksBackADayUnlessToldOtherwise() {
		this.withAccount.run((context) -> {
			assertThat(context).hasSingleBean(Reconciliations.class);
			ReconcileSettings settings = context.getBean(ReconcileSettings.class);
			assertThat(settings.reconcile()).isNull();
			assertThat(settings.window()).isEqualTo(Duration.ofHours(24));
			assertThat(context.getBean(Reconciliations.class).newest(10)).isEmpty();
		});
	}

	@Test
	void isNotThereWithoutAnAccountAndSaysSoWhereItIsConfigured(CapturedOutput output) {
		this.runner.withPropertyValues("pulsehook.sendpulse.reconcile=15m").run((context) -> {
			assertThat(context).doesNotHaveBean(Reconciliations.class);
			assertThat(output)
				.contains("The property pulsehook.sendpulse.reconcile does nothing, because no account of "
						+ "SendPulse is configured");
		});
	}

	@Test
	void cannotLookBackFurtherThanEventsAreKept() {
		this.withAccount.withPropertyValues("pulsehook.sendpulse.window=8d", "pulsehook.retention=7d")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("pulsehook.sendpulse.window")
				.hasMessageContaining("PT168H (pulsehook.retention)"));
	}

	@Test
	void refusesTimesThatAreTooShort() {
		assertThatStartFails("pulsehook.sendpulse.reconcile=59s", "reconcile");
		assertThatStartFails("pulsehook.sendpulse.window=14m", "window");
	}

	private void assertThatStartFails(String property, String named) {
		this.withAccount.withPropertyValues(property)
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining(named));
	}

}
