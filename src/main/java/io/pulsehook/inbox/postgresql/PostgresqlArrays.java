package io.pulsehook.inbox.postgresql;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;

import org.jspecify.annotations.Nullable;

/**
 * Makes columns of many rows into parameters of one statement.
 */
final class PostgresqlArrays {

	/**
	 * Makes arrays with the class of their elements, which the driver sends in binary; an
	 * array of objects goes as text.
	 */
	private static final Map<String, IntFunction<@Nullable Object[]>> CLASSES = Map.of("text", String[]::new, "bigint",
			Long[]::new, "int", Integer[]::new, "boolean", Boolean[]::new, "bytea", byte[][]::new);

	private final Connection connection;

	PostgresqlArrays(Connection connection) {
		this.connection = connection;
	}

	<E> Array of(String type, List<E> rows, Function<E, @Nullable Object> column) throws SQLException {
		IntFunction<@Nullable Object[]> array = CLASSES.getOrDefault(type, Object[]::new);
		return this.connection.createArrayOf(type, rows.stream().map(column).toArray(array));
	}

}
