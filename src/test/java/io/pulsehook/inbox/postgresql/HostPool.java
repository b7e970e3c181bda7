package io.pulsehook.inbox.postgresql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import org.apache.commons.dbcp2.BasicDataSource;

/**
 * The pools that Spring Boot knows, as an application may have configured them: with
 * settings that suit its own queries and not the inbox.
 */
enum HostPool {

	HIKARI {

		@Override
		DataSource create(String url, int size) {
			HikariDataSource pool = new HikariDataSource();
			pool.setJdbcUrl(url);
			pool.setUsername("postgres");
			pool.setMaximumPoolSize(size);
			pool.setMinimumIdle(0);
			pool.setConnectionInitSql(INIT);
			pool.setAutoCommit(false);
			pool.setReadOnly(true);
			// Without this, the first rollback would undo the settings that the pool
			// makes on a new connection.
			pool.setIsolateInternalQueries(true);
			pool.setTransactionIsolation("TRANSACTION_SERIALIZABLE");
			return pool;
		}

	},

	TOMCAT {

		@Override
		DataSource create(String url, int size) {
			org.apache.tomcat.jdbc.pool.DataSource pool = new org.apache.tomcat.jdbc.pool.DataSource();
			pool.setDriverClassName("org.postgresql.Driver");
			pool.setUrl(url);
			pool.setUsername("postgres");
			pool.setInitialSize(0);
			pool.setMinIdle(0);
			pool.setMaxIdle(size);
			pool.setMaxActive(size);
			pool.setInitSQL(INIT);
			pool.setDefaultTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
			return pool;
		}

	},

	DBCP2 {

		@Override
		DataSource create(String url, int size) {
			BasicDataSource pool = new BasicDataSource();
			pool.setUrl(url);
			pool.setUsername("postgres");
			pool.setMaxTotal(size);
			pool.setMaxIdle(size);
			pool.setConnectionInitSqls(List.of(INIT));
			pool.setDefaultReadOnly(true);
			pool.setDefaultTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
			return pool;
		}

	};

	private static final String INIT = "set statement_timeout = '77s'; set enable_seqscan = on; set jit = on; "
			+ "set synchronous_commit = off; set plan_cache_mode = force_custom_plan; "
			+ "set idle_in_transaction_session_timeout = '88s'";

	abstract DataSource create(String url, int size);

	static void close(DataSource pool) throws SQLException {
		if (pool instanceof org.apache.tomcat.jdbc.pool.DataSource tomcat) {
			tomcat.close(true);
		}
		else if (pool instanceof HikariDataSource hikari) {
			hikari.close();
		}
		else if (pool instanceof BasicDataSource dbcp2) {
			dbcp2.close();
		}
	}

}
