package io.pulsehook.inbox.postgresql;

import java.util.Objects;
import java.util.function.Supplier;

import javax.sql.DataSource;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Runs the statements of one claim in a transaction, whatever the defaults of the
 * application's connections are.
 */
final class ClaimTransaction {

	/**
	 * A replica that is stopped within the transaction must not keep what it has locked
	 * from the others.
	 */
	private static final String BOUND = "set local idle_in_transaction_session_timeout = %d"
		.formatted(WriterConnection.IDLE_IN_TRANSACTION.toMillis());

	private final JdbcTemplate jdbc;

	private final TransactionTemplate transaction;

	ClaimTransaction(DataSource dataSource, JdbcTemplate jdbc) {
		this.jdbc = jdbc;
		this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
		this.transaction.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
		this.transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
	}

	/**
	 * Runs a claim.
	 * @throws DataAccessException if it fails, also if there is no connection for it
	 */
	<T> T run(Supplier<T> claim) {
		try {
			return Objects.requireNonNull(this.transaction.execute((status) -> {
				this.jdbc.execute(BOUND);
				return claim.get();
			}));
		}
		catch (TransactionException ex) {
			throw new DataAccessResourceFailureException("The transaction of a claim failed", ex);
		}
	}

}
