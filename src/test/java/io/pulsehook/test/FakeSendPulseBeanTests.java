package io.pulsehook.test;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

import io.pulsehook.autoconfigure.outbound.Outbound;
import io.pulsehook.test.sendpulse.FakeSendPulse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a test context has a {@link FakeSendPulse} that counts as configured by the
 * test.
 */
@PulsehookTest(classes = TestedHandlers.class)
class FakeSendPulseBeanTests {

	@Autowired
	private FakeSendPulse sendPulse;

	@Autowired
	private Environment environment;

	@Test
	void isWhatTheTestSetForTheClient() {
		assertThat(Outbound.binder(this.environment).bind("pulsehook.sendpulse.url", String.class).get())
			.isEqualTo(this.sendPulse.url().toString());
		assertThat(Outbound.isSet(this.environment, "pulsehook.sendpulse.client-secret")).isTrue();
	}

	@Test
	void standsBehindWhatATestSetsItselfWhicheverCustomizerIsFirst() {
		ConfigurableEnvironment environment = new StandardEnvironment();
		TestStorageCustomizer.addBelowWhatTestsSet(environment.getPropertySources(), source("fake"));
		TestStorageCustomizer.addBelowWhatTestsSet(environment.getPropertySources(), source(Outbound.TEST_BOUNDARY));
		TestStorageCustomizer.addBelowWhatTestsSet(environment.getPropertySources(), source("other"));
		environment.getPropertySources().addFirst(source("test"));
		assertThat(environment.getPropertySources().stream().map((source) -> source.getName())).startsWith("test",
				"fake", "other", Outbound.TEST_BOUNDARY);
	}

	private static MapPropertySource source(String name) {
		return new MapPropertySource(name, Map.of());
	}

	@Test
	void leavesATestThatHasAnAccountOfItsOwnAlone() {
		GenericApplicationContext context = new GenericApplicationContext();
		context.getEnvironment().getPropertySources().addFirst(source(Outbound.TEST_BOUNDARY));
		MapPropertySource own = new MapPropertySource("test", Map.of("pulsehook.sendpulse.api-key", "sp_apikey_own"));
		context.getEnvironment().getPropertySources().addFirst(own);
		FakeSendPulseCustomizer customizer = new FakeSendPulseCustomizer();
		customizer.customizeContext(context, Mockito.mock());
		assertThat(context.getEnvironment().getProperty("pulsehook.sendpulse.url")).isNull();
		context.getEnvironment().getPropertySources().remove("test");
		context.getDefaultListableBeanFactory().destroySingletons();
		customizer.customizeContext(context, Mockito.mock());
		assertThat(context.getEnvironment().getProperty("pulsehook.sendpulse.url")).startsWith("http://127.0.0.1:");
		context.getDefaultListableBeanFactory().destroySingletons();
	}

	@RepeatedTest(2)
	void beginsEachTestAnew() throws Exception {
		assertThat(this.sendPulse.requests()).isEmpty();
		URI url = this.sendPulse.url().resolve("/telegram/contacts/openChat");
		HttpRequest request = HttpRequest.newBuilder(url)
			.header("Authorization", "Bearer " + FakeSendPulse.API_KEY)
			.header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString("{\"contact_id\":\"c1\"}"))
			.build();
		assertThat(HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(200);
		assertThat(this.sendPulse.contact("c1").isChatOpen()).isTrue();
	}

}
