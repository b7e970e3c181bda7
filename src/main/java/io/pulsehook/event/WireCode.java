package io.pulsehook.event;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

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

	static <E extends WireCode> Map<String, E> index(E[] constants) {
		return Arrays.stream(constants).collect(Collectors.toUnmodifiableMap(WireCode::code, Function.identity()));
	}

	static <E extends WireCode> E find(Map<String, E> index, @Nullable String code, E unknown) {
		return (code != null) ? index.getOrDefault(code.strip().toLowerCase(Locale.ROOT), unknown) : unknown;
	}

}
