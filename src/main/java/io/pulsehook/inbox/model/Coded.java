package io.pulsehook.inbox.model;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A constant of a closed set. Columns, JSON, URLs and the tags of metrics contain its
 * code, which therefore must never change.
 */
public interface Coded {

	/**
	 * Returns the word that stands for the constant in columns, JSON, URLs and tags.
	 * @return the word
	 */
	String code();

	/**
	 * Finds the constant of a word that a client sent.
	 * @param type the closed set
	 * @param code the word
	 * @param <E> the closed set
	 * @return the constant, unless the set has no such word
	 */
	static <E extends Enum<E> & Coded> Optional<E> find(Class<E> type, String code) {
		return Stream.of(type.getEnumConstants()).filter((constant) -> constant.code().equals(code)).findFirst();
	}

	/**
	 * Reads the constant of a word that was stored.
	 * @param type the closed set
	 * @param code the word
	 * @param <E> the closed set
	 * @return the constant
	 * @throws IllegalArgumentException if the set has no such word
	 */
	static <E extends Enum<E> & Coded> E of(Class<E> type, String code) {
		return find(type, code).orElseThrow(() -> new IllegalArgumentException(
				"'" + code + "' is no " + type.getSimpleName() + "; the known ones are " + codes(type) + "."));
	}

	/**
	 * Lists the words of a closed set, for messages and conditions.
	 * @param type the closed set
	 * @return the word of each constant, in their order
	 */
	static List<String> codes(Class<? extends Coded> type) {
		return Stream.of(type.getEnumConstants()).map(Coded::code).toList();
	}

}
