package io.pulsehook.autoconfigure.sendpulse;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.HttpServer;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.imperative.ImperativeHttpClientAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import io.pulsehook.UnrecoverableEventException;
import io.pulsehook.autoconfigure.outbound.Outbound;
import io.pulsehook.observe.SendPulseHealthIndicator;
import io.pulsehook.sendpulse.LoginRefusedException;
import io.pulsehook.sendpulse.SendPulse;
import io.pulsehook.sendpulse.TestCalls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link SendPulseAutoConfiguration}.
 */
class SendPulseAutoConfigurationTests {

	private static final String KEY = "pulsehook.sendpulse.api-key=";

	private final List<String> keys = new CopyOnWriteArrayList<>();

	private HttpServer server;

	private String url;

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SendPulseAutoConfiguration.class, HttpClientAutoConfiguration.class,
				ImperativeHttpClientAutoConfiguration.class));

	@BeforeEach
	void start() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/", (exchange) -> {
			String key = exchange.getRequestHeaders().getFirst("Authorization");
			this.keys.add(key);
			byte[] body = "{\"success\":true,\"data\":true}".getBytes(StandardCharsets.UTF_8);
			exchange.sendResponseHeaders(key.endsWith("wrong") ? 401 : 200, body.length);
			exchange.getResponseBody().write(body);
			exchange.close();
		});
		this.server.start();
		this.url = "http://127.0.0.1:" + this.server.getAddress().getPort();
	}

	@AfterEach
	void stop() {
		this.server.stop(0);
	}

	@Test
	void thereIsNoClientWithoutAnAccount() {
		this.runner.withPropertyValues("pulsehook.sendpulse.url=" + this.url, KEY, "pulsehook.sources.shop.tokens=abc")
			.run((context) -> assertThat(context).doesNotHaveBean(SendPulse.class)
				.doesNotHaveBean(SendPulseHealthIndicator.class));
	}

	@Test
	void eachSourceIsAnsweredThroughItsOwnAccountAndAllOthersThroughTheCommonOne() {
		this.runner.withPropertyValues("pulsehook.sendpulse.url=" + this.url, KEY + "common",
				"pulsehook.sources.shop.sendpulse.url=" + this.url, "pulsehook.sources.shop.sendpulse.api-key=of-shop",
				"pulsehook.sources[My School].sendpulse.url=" + this.url,
				"pulsehook.sources[My School].sendpulse.api-key=of-school")
			.run((context) -> {
				SendPulse sendPulse = context.getBean(SendPulse.class);
				List.of("default", "shop", "My School").forEach((source) -> call(sendPulse, source));
				assertThat(this.keys).containsExactly("Bearer common", "Bearer of-shop", "Bearer of-school");
			});
	}

	@Test
	void anAccountCanBeSetByTheEnvironmentAlone() {
		this.runner
			.withInitializer(
					(context) -> context.getEnvironment()
						.getPropertySources()
						.addFirst(
								new SystemEnvironmentPropertySource("systemEnvironment",
										Map.of("PULSEHOOK_SOURCES_SHOP_SENDPULSE_URL", this.url,
												"PULSEHOOK_SOURCES_SHOP_SENDPULSE_API_KEY", "of-shop"))))
			.run((context) -> {
				SendPulse sendPulse = context.getBean(SendPulse.class);
				call(sendPulse, "shop");
				assertThat(this.keys).containsExactly("Bearer of-shop");
				assertThatIllegalStateException().isThrownBy(() -> call(sendPulse, "default"))
					.withMessageContaining("source 'default'")
					.withMessageContaining("pulsehook.sources.default.sendpulse.client-id");
			});
	}

	@Test
	void anAccountNeedsBothIdAndSecretAndNoKeyBeside() {
		assertThatStartFails("pulsehook.sendpulse.client-id=sp_id_1", "client-secret is missing");
		assertThatStartFails("pulsehook.sendpulse.client-secret=hidden", "client-id is missing");
		assertThatStartFails("pulsehook.sendpulse.url=ftp://example.org", "url must begin with https://");
		this.runner
			.withPropertyValues(KEY + "hidden", "pulsehook.sendpulse.client-id=sp_id_1",
					"pulsehook.sendpulse.client-secret=hidden")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("both client-id and api-key are set"));
	}

	private void assertThatStartFails(String property, String message) {
		this.runner.withPropertyValues(property)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining(message)
				.hasMessageNotContaining("hidden"));
	}

	@Test
	void aTestReachesNobodyWhomOnlyTheApplicationNames() {
		ofApplication(Map.of("pulsehook.sendpulse.url", this.url, "pulsehook.sendpulse.api-key", "real"))
			.run((context) -> {
				SendPulse sendPulse = context.getBean(SendPulse.class);
				assertThatExceptionOfType(UnrecoverableEventException.class)
					.isThrownBy(() -> call(sendPulse, "default"))
					.withMessageContaining("the account pulsehook.sendpulse")
					.withMessageContaining("Set pulsehook.sendpulse.url in the test");
				assertThat(this.keys).isEmpty();
			});
	}

	@Test
	void aTestReachesTheAddressThatItSetsWithTheLoginOfTheApplication() {
		ofApplication(Map.of("pulsehook.sendpulse.url", "http://192.0.2.1", "pulsehook.sendpulse.api-key", "real",
				"pulsehook.sources.shop.sendpulse.url", "http://192.0.2.1", "pulsehook.sources.shop.sendpulse.api-key",
				"real"))
			.withPropertyValues("pulsehook.sendpulse.url=" + this.url)
			.run((context) -> {
				SendPulse sendPulse = context.getBean(SendPulse.class);
				call(sendPulse, "default");
				assertThat(this.keys).containsExactly("Bearer real");
				assertThatExceptionOfType(UnrecoverableEventException.class).isThrownBy(() -> call(sendPulse, "shop"))
					.withMessageContaining("pulsehook.sources.shop.sendpulse.url");
			});
	}

	@Test
	void aTestReachesTheAccountThatItSets() {
		ofApplication(Map.of("pulsehook.sendpulse.url", "http://192.0.2.1", "pulsehook.sendpulse.client-id", "real",
				"pulsehook.sendpulse.client-secret", "real"))
			.withPropertyValues("pulsehook.sources.shop.sendpulse.url=" + this.url,
					"pulsehook.sources.shop.sendpulse.api-key=of-test")
			.run((context) -> {
				call(context.getBean(SendPulse.class), "shop");
				assertThat(this.keys).containsExactly("Bearer of-test");
			});
	}

	@Test
	void aRefusedLoginIsShownInTheHealthWhichStaysUp() {
		this.runner.withPropertyValues("pulsehook.sendpulse.url=" + this.url, KEY + "wrong").run((context) -> {
			SendPulseHealthIndicator indicator = context.getBean(SendPulseHealthIndicator.class);
			assertThat(indicator.health()).isEqualTo(Health.up().build());
			assertThatExceptionOfType(LoginRefusedException.class)
				.isThrownBy(() -> call(context.getBean(SendPulse.class), "default"));
			Health health = indicator.health();
			assertThat(health.getStatus()).isEqualTo(Status.UP);
			assertThat(health.getDetails()).extractingByKey("refusedLogins")
				.asInstanceOf(InstanceOfAssertFactories.map(String.class, Instant.class))
				.containsOnlyKeys("pulsehook.sendpulse");
		});
	}

	@Test
	void aClientIsNotObserved() {
		TestObservationRegistry observations = TestObservationRegistry.create();
		this.runner.withBean(TestObservationRegistry.class, () -> observations)
			.withPropertyValues("pulsehook.sendpulse.url=" + this.url, KEY + "common")
			.run((context) -> {
				call(context.getBean(SendPulse.class), "default");
				TestObservationRegistryAssert.assertThat(observations).doesNotHaveAnyObservation();
			});
	}

	private ApplicationContextRunner ofApplication(Map<String, Object> properties) {
		return this.runner.withInitializer((context) -> {
			context.getEnvironment()
				.getPropertySources()
				.addLast(new MapPropertySource(Outbound.TEST_BOUNDARY, Map.of()));
			context.getEnvironment().getPropertySources().addLast(new MapPropertySource("application", properties));
		});
	}

	private static void call(SendPulse sendPulse, String source) {
		TestCalls.openChat(sendPulse, source, "c1");
	}

}
