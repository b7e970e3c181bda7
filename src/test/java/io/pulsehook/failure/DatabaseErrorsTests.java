package io.pulsehook.failure;

import java.net.SocketTimeoutException;
import java.net.UnknownHostException;

import org.junit.jupiter.api.Test;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

import static org.assertj.core.api.Assertions.assertThat;

class DatabaseErrorsTests {

	@Test
	void saysWhyThereIsNoConnectionAndQuotesNoHost() {
		String text = "The connection attempt failed.";
		assertThat(DatabaseErrors.of(new PSQLException(text, PSQLState.CONNECTION_UNABLE_TO_CONNECT,
				new UnknownHostException("user:hunter2@server"))))
			.isEqualTo("The connection attempt failed: its host is not known");
		assertThat(DatabaseErrors.of(new PSQLException(text, PSQLState.CONNECTION_UNABLE_TO_CONNECT,
				new SocketTimeoutException("Connect timed out"))))
			.isEqualTo("The connection attempt failed: there was no answer in time");
	}

}
