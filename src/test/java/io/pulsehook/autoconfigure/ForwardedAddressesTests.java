package io.pulsehook.autoconfigure;

import java.nio.file.Path;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class ForwardedAddressesTests {

	private static final String ALLOWED = "pulsehook.allowed-addresses=203.0.113.0/24";

	private final WebApplicationContextRunner runner;

	ForwardedAddressesTests(@TempDir Path directory) {
		this.runner = new WebApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(PulsehookAutoConfiguration.class))
			.withPropertyValues("pulsehook.data-dir=" + directory);
	}

	@ParameterizedTest
	@CsvSource({ "server.forward-headers-strategy=native, Set server.tomcat.remoteip.internal-proxies",
			"server.forward-headers-strategy=FRAMEWORK, Let nobody reach it but a proxy",
			"spring.main.cloud-platform=kubernetes, Set server.tomcat.remoteip.internal-proxies",
			"server.tomcat.remoteip.remote-ip-header=X-Real-IP, Set server.tomcat.remoteip.internal-proxies" })
	void saysWhatHasToBeSetWhereOthersTellTheAddress(String property, String advice, CapturedOutput output) {
		this.runner.withPropertyValues(ALLOWED, property).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(output).containsOnlyOnce("pulsehook.allowed-addresses is compared with").contains(advice);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { ALLOWED, ALLOWED + "|server.forward-headers-strategy=none",
			ALLOWED + "|server.forward-headers-strategy=native|server.tomcat.remoteip.internal-proxies=10.1.2.3/32",
			"server.forward-headers-strategy=native" })
	void saysNothingWhereNobodyCanForgeIt(String properties, CapturedOutput output) {
		this.runner.withPropertyValues(properties.split("\\|")).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(output).doesNotContain("is compared with");
		});
	}

}
