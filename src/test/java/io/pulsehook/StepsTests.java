package io.pulsehook;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.sqlite.JDBC;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link Delivery#once}.
 */
class StepsTests {

	private final Map<String, String> kept = new HashMap<>();

	private final List<String> log = new ArrayList<>();

	private Delivery delivery = attempt(1);

	private Delivery attempt(int number) {
		return Delivery.builder("h").attempt(number).steps(this.kept).build();
	}

	@Test
	void skipsWhatAnEarlierAttemptHasDone() {
		this.delivery.once("first", () -> this.log.add("first"));
		assertThatIllegalStateException().isThrownBy(() -> this.delivery.once("second", () -> {
			this.log.add("failed");
			throw new IllegalStateException("no");
		})).withMessage("no");
		this.delivery = attempt(2);
		this.delivery.once("first", () -> this.log.add("first again"));
		this.delivery.once("second", () -> this.log.add("second"));
		assertThat(this.log).containsExactly("first", "failed", "second");
		assertThat(this.kept).containsOnlyKeys("first", "second");
	}

	@Test
	void givesTheResultOfAnEarlierAttempt() {
		Receipt first = this.delivery.once("charge", Receipt.class, () -> new Receipt("r1", Instant.EPOCH));
		Receipt second = attempt(2).once("charge", Receipt.class, () -> new Receipt("r2", Instant.EPOCH));
		assertThat(List.of(first, second)).containsOnly(new Receipt("r1", Instant.EPOCH));
	}

	@Test
	void givesWhatWentThroughJsonAlsoInTheAttemptThatMadeIt() {
		Receipt made = new Receipt("r1", Instant.EPOCH);
		assertThat(this.delivery.once("charge", Receipt.class, () -> made)).isEqualTo(made).isNotSameAs(made);
		assertThat(this.delivery.once("half a character", String.class, () -> "a\uD83D")).isEqualTo("a?");
	}

	@Test
	void remembersNull() {
		assertThat(
				this.delivery.once("charge", Receipt.class, () -> JsonMapper.shared().readValue("null", Receipt.class)))
			.isNull();
		assertThat(attempt(2).once("charge", Receipt.class, () -> new Receipt("r2", Instant.EPOCH))).isNull();
	}

	@Test
	void remembersAResultOfAGenericType() {
		ParameterizedTypeReference<List<Receipt>> type = new ParameterizedTypeReference<>() {
		};
		this.delivery.once("charge", type, () -> List.of(new Receipt("r1", Instant.EPOCH)));
		assertThat(attempt(2).once("charge", type, () -> List.of())).containsExactly(new Receipt("r1", Instant.EPOCH));
	}

	@Test
	void takesStepsThatATestHasSetBefore() {
		this.kept.put("charge", "{\"id\":\"r7\"}");
		assertThat(this.delivery.once("charge", Receipt.class, () -> new Receipt("r1", Instant.EPOCH)).id())
			.isEqualTo("r7");
	}

	@Test
	void keepsStepsInMemoryUnlessATestSaysWhere() {
		Delivery other = Delivery.of("h", "{}");
		other.once("first", () -> this.log.add("first"));
		Delivery.of("h", "{}").once("first", () -> this.log.add("first of another delivery"));
		assertThat(this.log).hasSize(2);
	}

	// The compiler finds out which exceptions a lambda throws, so that callers declare no
	// others.
	@Test
	void throwsWhatTheStepThrows() {
		assertThatExceptionOfType(FileNotFoundException.class).isThrownBy(this::readAFile);
		assertThatExceptionOfType(Exception.class).isThrownBy(() -> readAFileOrADatabase(true))
			.isExactlyInstanceOf(SQLException.class);
		assertThat(this.kept).isEmpty();
	}

	private String readAFile() throws IOException {
		return this.delivery.once("read", String.class, () -> {
			throw new FileNotFoundException();
		});
	}

	private void readAFileOrADatabase(boolean database) throws Exception {
		this.delivery.once("read both", () -> {
			if (database) {
				throw new SQLException();
			}
			throw new IOException();
		});
	}

	@Test
	void refusesANameThatWasUsedInTheSameAttempt() {
		this.delivery.once("send", () -> this.log.add("first"));
		assertThatIllegalStateException().isThrownBy(() -> this.delivery.once("send", () -> this.log.add("second")))
			.withMessageContaining("'send' of handler 'h' was begun twice")
			.withMessageContaining("name of its own");
		assertThat(this.log).containsExactly("first");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "a\u0000b", "a\nb", "a\uD83D" })
	void refusesANameThatIsNoText(String name) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.delivery.once(name, () -> this.log.add("done")));
		assertThat(this.log).isEmpty();
	}

	@Test
	void refusesANameThatIsTooLong() {
		this.delivery.once("n".repeat(200), () -> this.log.add("done"));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.delivery.once("n".repeat(201), () -> this.log.add("not done")))
			.withMessageContaining("200 characters");
		assertThat(this.log).containsExactly("done");
	}

	@Test
	void tellsTheStepsWithinAStepFromOthers() {
		for (String outer : List.of("one", "two")) {
			assertThatIllegalStateException().isThrownBy(() -> this.delivery.once(outer, () -> {
				this.delivery.once("send", () -> this.log.add("send of " + outer));
				throw new IllegalStateException();
			}));
		}
		this.delivery = attempt(2);
		this.delivery.once("one", () -> {
			this.delivery.once("send", () -> this.log.add("send again"));
			this.log.add("rest of one");
		});
		this.delivery.once("send", () -> this.log.add("send alone"));
		assertThat(this.log).containsExactly("send of one", "send of two", "rest of one", "send alone");
		assertThat(this.kept).containsOnlyKeys("one/send", "two/send", "one", "send");
	}

	@Test
	void refusesToRunWithinATransaction() {
		PlatformTransactionManager transactions = new DataSourceTransactionManager(
				new SimpleDriverDataSource(new JDBC(), "jdbc:sqlite::memory:"));
		TransactionTemplate transaction = new TransactionTemplate(transactions);
		assertThatIllegalStateException()
			.isThrownBy(() -> transaction
				.executeWithoutResult((status) -> this.delivery.once("send", () -> this.log.add("within"))))
			.withMessageContaining("'send' of handler 'h' was begun within a transaction");
		assertThat(this.log).isEmpty();
		this.delivery.once("send",
				() -> transaction.executeWithoutResult((status) -> this.log.add("transaction within the step")));
		assertThat(this.log).containsExactly("transaction within the step");
	}

	@Test
	void refusesToRunOnAnotherThread() {
		assertThatExceptionOfType(CompletionException.class)
			.isThrownBy(
					() -> CompletableFuture.runAsync(() -> this.delivery.once("send", () -> this.log.add("elsewhere")))
						.join())
			.havingCause()
			.isInstanceOf(IllegalStateException.class)
			.withMessageContaining("'send' of handler 'h'");
		assertThat(this.log).isEmpty();
		this.delivery.once("send", () -> CompletableFuture.runAsync(() -> this.log.add("within the step")).join());
		assertThat(this.log).containsExactly("within the step");
	}

	@Test
	void givesUpADeliveryWhoseStepHasAResultThatCannotBeKept() {
		assertThatExceptionOfType(UnrecoverableEventException.class)
			.isThrownBy(() -> this.delivery.once("large", String.class, () -> "x".repeat(64 * 1024 - 1)))
			.withMessageContaining("'large' is done, but its result has 65");
		assertThatExceptionOfType(UnrecoverableEventException.class)
			.isThrownBy(() -> this.delivery.once("unreadable", Runnable.class, () -> () -> {
			}))
			.withMessageContaining("'unreadable' is done");
		assertThat(this.kept).isEmpty();
		assertThat(this.delivery.once("just fits", String.class, () -> "x".repeat(64 * 1024 - 2))).hasSize(65_534);
	}

	@Test
	void countsWhatIsSentByItsOperation() {
		for (int attempt = 1; attempt <= 3; attempt++) {
			this.delivery = attempt(attempt);
			send("text to a");
			send("text to b");
			send("text to a");
			send("image to a");
		}
		assertThat(this.log).containsExactly("text to a", "text to b", "text to a", "image to a");
		assertThat(this.kept).containsOnlyKeys("text to a #1", "text to b #1", "text to a #2", "image to a #1");
	}

	@Test
	void countsWhatIsSentWithinAStepThereAlone() {
		for (int attempt = 1; attempt <= 2; attempt++) {
			this.delivery = attempt(attempt);
			this.delivery.once("welcome", () -> {
				send("text");
				send("text");
			});
			send("text");
		}
		assertThat(this.log).hasSize(3);
		assertThat(this.kept).containsOnlyKeys("welcome/text #1", "welcome/text #2", "welcome", "text #1");
	}

	@Test
	void sendsWithinAStepOnceAlsoIfTheStepFailsAfterwards() {
		for (int attempt = 1; attempt <= 3; attempt++) {
			this.delivery = attempt(attempt);
			assertThatIllegalStateException().isThrownBy(() -> this.delivery.once("welcome", () -> {
				send("text");
				throw new IllegalStateException();
			}));
		}
		assertThat(this.log).containsExactly("text");
	}

	@Test
	void sendsAgainWhatWasNotSentAndNothingElse() {
		assertThatIllegalStateException().isThrownBy(() -> {
			send("text");
			this.delivery.sendOnce("text", String.class, () -> {
				throw new IllegalStateException("not sent");
			});
		}).withMessage("not sent");
		this.delivery = attempt(2);
		send("text");
		send("text");
		assertThat(this.log).containsExactly("text", "text");
		assertThat(this.delivery.sendOnce("charge", String.class, () -> "r1")).isEqualTo("r1");
		assertThat(attempt(3).sendOnce("charge", String.class, () -> "r2")).isEqualTo("r1");
	}

	@Test
	void sendsWithinATransactionWhoseRollbackForgetsNothing() {
		TransactionTemplate transaction = new TransactionTemplate(
				new DataSourceTransactionManager(new SimpleDriverDataSource(new JDBC(), "jdbc:sqlite::memory:")));
		for (int attempt = 1; attempt <= 2; attempt++) {
			this.delivery = attempt(attempt);
			transaction.executeWithoutResult((status) -> {
				send("text");
				status.setRollbackOnly();
			});
		}
		assertThat(this.log).containsExactly("text");
	}

	@Test
	void sendsOnTheHandlersThreadOnly() {
		assertThatExceptionOfType(CompletionException.class)
			.isThrownBy(() -> CompletableFuture.runAsync(() -> send("text")).join())
			.withMessageContaining("'text' of handler 'h' was begun on thread");
		assertThat(this.log).isEmpty();
	}

	private void send(String operation) {
		this.delivery.sendOnce(operation, String.class, () -> {
			this.log.add(operation);
			return "sent";
		});
	}

	@Test
	void saysWhatToDoAboutAFormerResultOfAnotherType() {
		this.kept.put("charge", "[1]");
		assertThatIllegalStateException()
			.isThrownBy(() -> this.delivery.once("charge", Receipt.class, () -> new Receipt("r1", Instant.EPOCH)))
			.withMessageContaining("'charge' was done by an earlier attempt")
			.withMessageContaining("another name");
	}

	record Receipt(String id, @Nullable Instant at) {

	}

}
