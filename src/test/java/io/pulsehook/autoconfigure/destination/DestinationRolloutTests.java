package io.pulsehook.autoconfigure.destination;

import javax.sql.DataSource;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import io.pulsehook.Samples;
import io.pulsehook.autoconfigure.PulsehookAutoConfiguration;
import io.pulsehook.dispatch.handler.OutgoingEvent;
import io.pulsehook.inbox.PostgresqlServer;
import io.pulsehook.receive.Receiver;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests replicas of which only one has a destination, as while a change of the
 * configuration is rolled out.
 */
class DestinationRolloutTests {

	private final DataSource database = new DriverManagerDataSource(
			PostgresqlServer.url(PostgresqlServer.createEmpty()), "postgres", "");

	private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class, PulsehookAutoConfiguration.class))
		.withBean(DataSource.class, () -> this.database)
		.withBean(RecordingFactory.class)
		.withPropertyValues("pulsehook.token=a-token-for-the-tests-of-a-rollout");

	@Test
	void theReplicaThatHasItGetsWhatTheOtherReceives() {
		this.runner.run((former) -> {
			this.runner.withPropertyValues("pulsehook.destinations.crm.url=https://crm.example/").run((newer) -> {
				receive(former, Samples.INCOMING_MESSAGE);
				RecordingFactory crm = newer.getBean(RecordingFactory.class);
				Awaitility.await()
					.untilAsserted(() -> assertThat(crm.sent).extracting(OutgoingEvent::type)
						.containsExactly("IncomingMessage"));
				receive(newer, Samples.PAYMENT_ORDER);
				Awaitility.await().until(() -> crm.sent.size() == 2);
			});
			receive(former, Samples.OPEN_CHAT);
			assertThat(former.getBean(RecordingFactory.class).sent).isEmpty();
			assertThat(deliveries()).isEqualTo(2);
		});
	}

	private static void receive(AssertableWebApplicationContext replica, String body) {
		assertThat(replica.getBean(Receiver.class).receive("default", body.getBytes()).accepted()).isEqualTo(1);
	}

	private int deliveries() {
		return JdbcClient.create(this.database)
			.sql("select count(*) from pulsehook_delivery where handler = 'crm'")
			.query(Integer.class)
			.single();
	}

}
