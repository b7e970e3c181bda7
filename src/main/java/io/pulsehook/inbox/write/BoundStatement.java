package io.pulsehook.inbox.write;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/**
 * A statement together with its parameters.
 *
 * @param sql the statement, with a question mark for each parameter
 * @param parameters the parameters in their order, none of them {@code null}: the type of
 * each has to be known
 */
public record BoundStatement(String sql, List<Object> parameters) {

	/**
	 * Creates a statement.
	 * @param sql the statement, with a question mark for each parameter
	 * @param parameters the parameters in their order
	 * @return the statement with its parameters
	 */
	public static BoundStatement of(String sql, Object... parameters) {
		return new BoundStatement(sql, List.of(parameters));
	}

	/**
	 * Sets the parameters where this statement has been prepared, alone or as a part of
	 * several.
	 * @param prepared the prepared statement
	 * @param first the number of the first parameter
	 * @return the number of the parameter that comes next
	 * @throws SQLException if a parameter cannot be set
	 */
	public int bind(PreparedStatement prepared, int first) throws SQLException {
		int number = first;
		for (Object parameter : this.parameters) {
			prepared.setObject(number, parameter);
			number++;
		}
		return number;
	}

}
