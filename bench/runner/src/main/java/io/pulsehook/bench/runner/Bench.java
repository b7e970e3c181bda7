package io.pulsehook.bench.runner;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Asks the questions that are named, or all of them; after {@code --before} and a former
 * jar, what has changed since then; after {@code --reconciliation}, what that costs.
 */
public final class Bench {

	private Bench() {
	}

	public static void main(String[] arguments) throws Exception {
		List<String> names = List.of(arguments);
		if (!names.isEmpty() && names.get(0).equals("--before")) {
			compare(names.subList(1, names.size()));
			return;
		}
		if (names.equals(List.of("--reconciliation"))) {
			Reconciling.print();
			return;
		}
		List<Question> questions = names.isEmpty() ? List.of(Question.values())
				: names.stream().map(Question::valueOf).toList();
		for (Question question : questions) {
			Results.write(question, question.ask());
		}
	}

	private static void compare(List<String> jarAndNames) throws Exception {
		if (jarAndNames.isEmpty() || !Files.isRegularFile(Path.of(jarAndNames.get(0)))) {
			throw new IllegalArgumentException("After --before comes the former jar, which is not there.");
		}
		List<String> names = jarAndNames.subList(1, jarAndNames.size());
		List<Comparison> comparisons = names.isEmpty() ? List.of(Comparison.values())
				: names.stream().map(Comparison::named).toList();
		for (Comparison comparison : comparisons) {
			comparison.print(Path.of(jarAndNames.get(0)));
		}
	}

}
