package io.example.open;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.util.ClassUtils;

import io.pulsehook.Samples;
import io.pulsehook.event.PaymentOrder;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = "pulsehook.token=a-token-for-the-tests-of-the-open-host")
class OpenApplicationTests {

	@TempDir
	private static Path directory;

	@LocalServerPort
	private int port;

	@Autowired
	private OpenApplication.Payments payments;

	@DynamicPropertySource
	static void dataDirectory(DynamicPropertyRegistry registry) {
		registry.add("pulsehook.data-dir", () -> directory.resolve("data"));
	}

	@Test
	void bringsNeitherLoginsNorHealthNorADatabaseToTheClassPath() {
		assertThat(isPresent("org.springframework.security.web.SecurityFilterChain")).isFalse();
		assertThat(isPresent("org.springframework.boot.health.contributor.HealthIndicator")).isFalse();
		assertThat(isPresent("org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration")).isFalse();
		assertThat(isPresent("org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration")).isFalse();
	}

	@Test
	void leavesTheHostOpen() {
		client().get().uri("/hello").exchange().expectStatus().isOk().expectBody(String.class).isEqualTo("hello");
	}

	@Test
	void handsAWebhookToTheHandler() throws InterruptedException {
		client().post()
			.uri("/pulsehook/webhooks/a-token-for-the-tests-of-the-open-host")
			.contentType(MediaType.APPLICATION_JSON)
			.body(Samples.PAYMENT_ORDER)
			.exchange()
			.expectStatus()
			.isOk();
		PaymentOrder order = this.payments.received.poll(20, TimeUnit.SECONDS);
		assertThat(order).isNotNull();
		assertThat(order.id()).isEqualTo("a3704313-8c0b-0000-b195-c6b84242f0e2");
	}

	@Test
	void receivesThroughAControllerOfItsOwn() throws InterruptedException {
		String another = Samples.PAYMENT_ORDER.replace("a3704313", "b3704313");
		post(another).expectStatus()
			.isOk()
			.expectBody(String.class)
			.isEqualTo("{\"accepted\":1,\"duplicates\":0,\"unrecognized\":0}");
		PaymentOrder order = this.payments.received.poll(20, TimeUnit.SECONDS);
		assertThat(order).isNotNull();
		assertThat(order.id()).startsWith("b3704313");
	}

	@Test
	void answersWhatIsNoJsonWithAProblem() {
		post("[{").expectStatus().isBadRequest();
	}

	private RestTestClient.ResponseSpec post(String body) {
		return client().post().uri("/own/webhooks").contentType(MediaType.APPLICATION_JSON).body(body).exchange();
	}

	private RestTestClient client() {
		return RestTestClient.bindToServer().baseUrl("http://localhost:" + this.port).build();
	}

	private static boolean isPresent(String type) {
		return ClassUtils.isPresent(type, null);
	}

}
