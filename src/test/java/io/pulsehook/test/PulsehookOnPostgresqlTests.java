package io.pulsehook.test;

import java.time.Duration;

import javax.sql.DataSource;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.test.annotation.DirtiesContext;

import io.pulsehook.Samples;
import io.pulsehook.inbox.PostgresqlServer;
import io.pulsehook.inbox.SharedSettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link PulsehookTest} beside {@link SpringBootTest}, with a database of the
 * test's own.
 */
@DirtiesContext
@SpringBootTest(classes = { TestedHandlers.class, PulsehookOnPostgresqlTests.Database.class },
		properties = "pulsehook.database=auto")
@PulsehookTest
class PulsehookOnPostgresqlTests {

	@Autowired
	private Pulsehook pulsehook;

	@RepeatedTest(2)
	void beginsEachTestWithNothing(@Autowired SharedSettings settings) {
		assertThat(settings.isShared()).isTrue();
		assertThat(this.pulsehook.deliveries()).isEmpty();
		assertThat(this.pulsehook.post(Samples.INCOMING_MESSAGE).accepted()).isEqualTo(1);
		this.pulsehook.awaitDone();
		this.pulsehook.post(TestEvents.payment().order("A").build());
		assertThat(this.pulsehook.deliveries()).hasSize(2);
	}

	@Test
	void leavesTheTimeToTheServer() {
		this.pulsehook.post(TestEvents.payment().build());
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> this.pulsehook.awaitDone(Duration.ofMillis(200)))
			.withMessageContaining("at handler 'grantAccess'")
			.withMessageContaining("waited for in real time");
		assertThatIllegalStateException().isThrownBy(this.pulsehook::clock)
			.withMessageContaining("define a bean named 'pulsehookClock'");
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class Database {

		@Bean
		DataSource dataSource() {
			return new DriverManagerDataSource(PostgresqlServer.url(PostgresqlServer.createEmpty()), "postgres", "");
		}

	}

}
