package io.pulsehook.autoconfigure;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

class RetentionPropertiesTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withUserConfiguration(Properties.class);

	@Test
	void haveDefaults() {
		this.runner.run((context) -> {
			PulsehookProperties properties = context.getBean(PulsehookProperties.class);
			assertThat(properties.retention()).isEqualTo(Duration.ofDays(30));
			assertThat(properties.deadRetention()).isEqualTo(Duration.ofDays(90));
		});
	}

	@Test
	void mustBePositive() {
		this.runner.withPropertyValues("pulsehook.retention=0s")
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining("retention"));
	}

	@Test
	void keepWhatIsDeadForAtLeastAsLongAsWhatIsDone() {
		this.runner.withPropertyValues("pulsehook.retention=10d", "pulsehook.dead-retention=9d")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessage("pulsehook.dead-retention is PT216H, but must not be shorter than pulsehook.retention, "
						+ "PT240H"));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(PulsehookProperties.class)
	static class Properties {

	}

}
