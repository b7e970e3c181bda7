package io.pulsehook.failure;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Goes through an exception and what caused it.
 */
public final class Causes {

	private Causes() {
	}

	/**
	 * Lists an exception and its causes. They can form a circle, which ends the list.
	 * @param thrown the exception
	 * @return the exception first
	 */
	public static Stream<Throwable> of(Throwable thrown) {
		Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
		return Stream.<Throwable>iterate(thrown, (cause) -> cause != null && seen.add(cause), Throwable::getCause);
	}

	/**
	 * Finds an exception of a type.
	 * @param <T> the type
	 * @param thrown the exception
	 * @param type the type
	 * @return the exception itself or the first of its causes that is one, or
	 * {@code null}
	 */
	public static <T> @Nullable T find(Throwable thrown, Class<T> type) {
		return of(thrown).filter(type::isInstance).map(type::cast).findFirst().orElse(null);
	}

}
