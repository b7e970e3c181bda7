package io.example.desk;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import io.pulsehook.receive.Receiver;
import io.pulsehook.test.TestEvents;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A test that knows nothing of the library except that the application's handler calls a
 * CRM.
 */
@SpringBootTest
class BareTests {

	@BeforeAll
	static void theApplicationRuns() {
		RunningApplication.isRunning();
		Crm.HEARD.clear();
	}

	@DynamicPropertySource
	static void callTheMock(DynamicPropertyRegistry properties) {
		properties.add("desk.crm", Crm::url);
	}

	@Test
	void runsTheHandlersOnNothingButItsOwn(@Autowired Receiver receiver, @Autowired Messages messages) {
		byte[] body = TestEvents.incomingMessage().text("Of a bare test").json().getBytes(StandardCharsets.UTF_8);
		assertThat(receiver.receive("default", body).accepted()).isEqualTo(1);
		Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> messages.count() == 1);
		assertThat(Crm.HEARD).containsExactly("/contacts/send Of a bare test");
		RunningApplication.isRunning();
	}

}
