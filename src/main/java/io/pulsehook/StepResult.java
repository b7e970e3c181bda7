package io.pulsehook;

import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.json.JsonMapper;

/**
 * The result of a step as it is kept: JSON, from which it is read again for whoever asked
 * for it.
 *
 * @param step the step's name
 * @param json the result as JSON
 */
record StepResult(String step, String json) {

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private static final int MAX_BYTES = 64 * 1024;

	/**
	 * Writes a result that a step has just returned, and makes sure that it can be read.
	 * @param step the step's name
	 * @param type the type to write and read it as
	 * @param value the result
	 * @return the result as JSON
	 * @throws UnrecoverableEventException if it cannot be kept: another attempt would do
	 * again what the step has done
	 */
	static StepResult of(String step, Type type, @Nullable Object value) {
		try {
			byte[] json = MAPPER.writerFor(javaType(type)).writeValueAsString(value).getBytes(StandardCharsets.UTF_8);
			if (json.length > MAX_BYTES) {
				throw new UnrecoverableEventException(
						("The step '%s' is done, but its result has %,d bytes of JSON, and "
								+ "at most %,d are kept. Return only what later attempts need, such as an id.")
							.formatted(step, json.length, MAX_BYTES));
			}
			// Databases refuse half of a surrogate pair, and the encoder has replaced it.
			StepResult result = new StepResult(step, new String(json, StandardCharsets.UTF_8));
			result.parse(type);
			return result;
		}
		catch (JacksonException ex) {
			throw new UnrecoverableEventException(
					("The step '%s' is done, but its result cannot be written as JSON and "
							+ "read again as %s. Return something that Jackson can write and read, such as a record.")
						.formatted(step, type.getTypeName()),
					ex);
		}
	}

	/**
	 * Reads the result.
	 * @param <T> the type of the result
	 * @param type the type to read it as
	 * @return the result, which can be {@code null}
	 * @throws IllegalStateException if it is no such value
	 */
	<T extends @Nullable Object> T as(Type type) {
		try {
			return parse(type);
		}
		catch (JacksonException ex) {
			throw new IllegalStateException(
					("The step '%s' was done by an earlier attempt, whose result cannot be read "
							+ "as %s. Let the type read the former JSON too, or give the step another name, under which it "
							+ "is done again.")
						.formatted(this.step, type.getTypeName()),
					ex);
		}
	}

	private <T extends @Nullable Object> T parse(Type type) {
		return MAPPER.readerFor(javaType(type)).readValue(this.json);
	}

	private static JavaType javaType(Type type) {
		return MAPPER.constructType(type);
	}

}
