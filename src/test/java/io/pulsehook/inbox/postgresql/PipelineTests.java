package io.pulsehook.inbox.postgresql;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.pulsehook.inbox.PostgresqlServer;
import io.pulsehook.inbox.write.BoundStatement;
import io.pulsehook.inbox.write.Session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.willAnswer;
import static org.mockito.Mockito.mock;

/**
 * Tests what is left of statements that were sent together, and what becomes of those
 * that a server does not take.
 */
@Timeout(60)
class PipelineTests {

	private static final Duration SHORT = Duration.ofMillis(1);

	private final Session session = mock(Session.class);

	@Test
	void keepsNothingOfWhatWasSent() throws SQLException {
		String url = PostgresqlServer.url(PostgresqlServer.create());
		try (Connection connection = DriverManager.getConnection(url, "postgres", "")) {
			List<PreparedStatement> prepared = new ArrayList<>();
			given(this.session.prepare(any())).willAnswer((call) -> {
				prepared.add(connection.prepareStatement(call.getArgument(0)));
				return prepared.get(0);
			});
			List<String> read = new ArrayList<>();
			Pipeline pipeline = new Pipeline(this.session, SHORT);
			pipeline.add(BoundStatement.of("select cast(? as text)", "one"), (row) -> read.add(row.getString(1)));
			pipeline.add(BoundStatement.of("select cast(? as text)", "another"), (row) -> read.add(row.getString(1)));
			pipeline.run();
			assertThat(read).containsExactly("one", "another");
			assertThat(prepared).hasSize(1);
			assertThat(prepared.get(0).toString()).contains("?").doesNotContain("one", "another");
		}
	}

	// An encrypted connection cannot be closed before what is being sent on it has been
	// taken.
	@Test
	void holdsUpNoTimeoutsOfTheProcessWhileAConnectionDoesNotEnd() throws Exception {
		CountDownLatch ending = new CountDownLatch(1);
		CountDownLatch taken = new CountDownLatch(1);
		PreparedStatement statement = mock(PreparedStatement.class);
		given(statement.execute()).willAnswer((call) -> {
			taken.await();
			throw new SQLException("ended", "08006");
		});
		Connection connection = mock(Connection.class);
		willAnswer((call) -> {
			call.getArgument(0, Executor.class).execute(() -> {
				ending.countDown();
				awaitUninterruptibly(taken);
			});
			return null;
		}).given(connection).abort(any());
		given(this.session.prepare(any())).willReturn(statement);
		given(this.session.connection()).willReturn(connection);
		CompletableFuture<Void> running = CompletableFuture.runAsync(this::runLarge);
		ending.await();
		try {
			assertThat(new CompletableFuture<String>().completeOnTimeout("in time", 1, TimeUnit.MILLISECONDS))
				.succeedsWithin(Duration.ofSeconds(10));
		}
		finally {
			taken.countDown();
		}
		assertThat(running).failsWithin(Duration.ofSeconds(10));
	}

	private void runLarge() {
		Pipeline pipeline = new Pipeline(this.session, SHORT);
		pipeline.addLarge(BoundStatement.of("select 1"), (row) -> {
		});
		try {
			pipeline.run();
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void awaitUninterruptibly(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
