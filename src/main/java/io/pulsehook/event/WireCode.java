package io.pulsehook.event;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A constant that SendPulse writes as a code. Codes outside its published tables are
 * normal, so every such enum has a constant for the unknown, whose code is empty.
 */
interface WireCode {

	/**
	 * The code as it is on the wire; a number is given by its digits.
	 * @return the code, empty for the constant that stands for every other code
	 */
	String code();

	/**
	 * Indexes constants by their codes, and by their names as well, since a record that
	 * was written as JSON has the name.
	 */
	static <E extends Enum<E> & WireCode> Map<String, E> index(E[] constants) {
		Map<String, E> index = new HashMap<>();
		for (E constant : constants) {
			index.put(constant.code(), constant);
			index.put(constant.name().toLowerCase(Locale.ROOT), constant);
		}
		return Map.copyOf(index);
	}

	static <E extends WireCode> E find(Map<String, E> index, @Nullable String code, E unknown) {
		return (code != null) ? index.getOrDefault(code.strip().toLowerCase(Locale.ROOT), unknown) : unknown;
	}

}
