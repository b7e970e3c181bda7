package io.pulsehook.bench.runner;

import java.util.List;
import java.util.stream.Stream;

/**
 * Asks the questions that are named, or all of them.
 */
public final class Bench {

	private Bench() {
	}

	public static void main(String[] names) throws Exception {
		List<Question> questions = (names.length > 0) ? Stream.of(names).map(Question::valueOf).toList()
				: List.of(Question.values());
		for (Question question : questions) {
			Results.write(question, question.ask());
		}
	}

}
