package io.pulsehook.failure;

import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Finds the name that somebody probably meant who mistyped one.
 */
public final class Nearest {

	private Nearest() {
	}

	/**
	 * Returns what names are compared by, where environment variables can write them,
	 * which have neither case nor dashes.
	 * @param name a name
	 * @return its letters and digits in lower case
	 */
	public static String letters(String name) {
		return name.replaceAll("[^\\p{L}\\p{N}]", "").toLowerCase(Locale.ROOT);
	}

	/**
	 * Finds the offered name that resembles the typed one most.
	 * @param <T> the type of what is offered
	 * @param name the name as it was typed
	 * @param offered what the name may mean
	 * @param text gives the name of what is offered
	 * @return the nearest, the first of several; empty if more than a third of the name
	 * differs
	 */
	public static <T> Optional<T> to(String name, Stream<T> offered, Function<T, String> text) {
		record Candidate<T>(T value, int distance) {
		}
		return offered.map((value) -> new Candidate<>(value, distance(name, text.apply(value))))
			.filter((candidate) -> candidate.distance() <= Math.max(1, name.length() / 3))
			.min(Comparator.comparingInt(Candidate::distance))
			.map(Candidate::value);
	}

	/**
	 * Counts how many letters have to be inserted, deleted, replaced or swapped with the
	 * next one to turn one name into the other (optimal string alignment).
	 * @param one a name
	 * @param other another name
	 * @return the number, 0 if they are the same
	 */
	static int distance(String one, String other) {
		int[][] distances = new int[one.length() + 1][other.length() + 1];
		for (int i = 0; i <= one.length(); i++) {
			for (int j = 0; j <= other.length(); j++) {
				distances[i][j] = (i == 0 || j == 0) ? i + j : shortest(distances, one, other, i, j);
			}
		}
		return distances[one.length()][other.length()];
	}

	private static int shortest(int[][] distances, String one, String other, int i, int j) {
		int replaced = distances[i - 1][j - 1] + ((one.charAt(i - 1) == other.charAt(j - 1)) ? 0 : 1);
		int shortest = Math.min(replaced, Math.min(distances[i - 1][j], distances[i][j - 1]) + 1);
		boolean swapped = i > 1 && j > 1 && one.charAt(i - 1) == other.charAt(j - 2)
				&& one.charAt(i - 2) == other.charAt(j - 1);
		return swapped ? Math.min(shortest, distances[i - 2][j - 2] + 1) : shortest;
	}

}
