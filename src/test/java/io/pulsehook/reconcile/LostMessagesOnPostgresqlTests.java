package io.pulsehook.reconcile;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

import javax.sql.DataSource;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.test.annotation.DirtiesContext;

import io.pulsehook.inbox.PostgresqlServer;
import io.pulsehook.test.PulsehookTest;
import io.pulsehook.test.TestClock;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Does the same on PostgreSQL, and with two replicas.
 */
@DirtiesContext
@PulsehookTest(classes = { LostMessagesTests.Application.class, LostMessagesOnPostgresqlTests.Database.class },
		properties = "pulsehook.database=auto")
@Tag("thorough")
class LostMessagesOnPostgresqlTests extends LostMessagesTests {

	@Autowired
	private DataSource dataSource;

	// What grows with thousands is what reads the API, which is the same on both
	// databases.
	@Override
	@Test
	void findsAndStoresExactlyWhatWasLostOfThousands() {
		findAndStore(500, 40);
	}

	@Test
	void oneOfTwoReplicasReconcilesAndBothStoreOnce(@TempDir Path directory) {
		this.sendPulse.limit(Integer.MAX_VALUE);
		LostMessages messages = new LostMessages(this.sendPulse, this.pulsehook.clock().instant()).converse(70, 14)
			.withOthers();
		post(messages.webhooks());
		try (ConfigurableApplicationContext replica = startReplica(directory)) {
			Reconciliations others = replica.getBean(Reconciliations.class);
			Reconciliation started = this.reconciliations.start(LostMessages.WINDOW);
			assertThat(others.start(LostMessages.WINDOW).id()).isEqualTo(started.id());
			Reconciliation done = await(started);
			assertThat(keys(done)).containsExactlyInAnyOrderElementsOf(messages.lost());
			assertThat(this.sendPulse.requests()
				.stream()
				.filter((request) -> request.operation().equals("chats/messages"))
				.map((request) -> request.path() + request.query())).doesNotHaveDuplicates();
			CompletableFuture<Long> byOther = CompletableFuture.supplyAsync(() -> others.store(done.id()));
			assertThat(this.reconciliations.store(done.id()) + byOther.join()).isEqualTo(messages.lost().size());
			assertThat(stored()).containsExactlyInAnyOrderElementsOf(messages.all());
		}
	}

	private ConfigurableApplicationContext startReplica(Path directory) {
		return new SpringApplicationBuilder(Application.class).initializers((context) -> {
			context.getBeanFactory().registerSingleton("fakeSendPulse", this.sendPulse);
			context.getBeanFactory().registerSingleton("dataSource", this.dataSource);
		})
			.run("--server.port=0", "--pulsehook.data-dir=" + directory, "--pulsehook.sendpulse.api-key=unused",
					"--pulsehook.token=a-token-for-the-other-replica");
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class Database {

		@Bean
		DataSource dataSource() {
			return PostgresqlServer.pool(PostgresqlServer.createEmpty());
		}

		@Bean
		TestClock pulsehookClock() {
			return new TestClock();
		}

	}

}
