package io.pulsehook.bench.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What can be asked of a former jar and this one.
 */
enum Comparison {

	sqlite("What does an event take with SQLite, and what did it take before?", List.of(Lab::sqlite), List.of(0, 1),
			Costs::ask),

	postgresql("What does an event take with PostgreSQL on the same machine, and what did it take before?",
			List.of(Lab::postgresql), List.of(0, 1), Costs::ask),

	latency("How long do an answer, and the way to a handler, take at half of the full rate, and how long before?",
			List.of(Lab::sqlite, Lab::postgresql), List.of(1), Latencies::ask),

	handlers("What does an event take when many handlers take it, and what did it take before?",
			List.of(Lab::sqlite, Lab::postgresql), List.of(10, 50), Costs::ask);

	private final String text;

	private final List<Database> databases;

	private final List<Integer> counts;

	private final Answering answering;

	Comparison(String text, List<Database> databases, List<Integer> counts, Answering answering) {
		this.text = text;
		this.databases = databases;
		this.counts = counts;
		this.answering = answering;
	}

	/** The one of that name. */
	static Comparison named(String name) {
		return Stream.of(values())
			.filter((comparison) -> comparison.name().equals(name))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException(
					"'%s' is not asked of a former jar; what is: %s.".formatted(name, List.of(values()))));
	}

	/** Asks it, and prints what comes out as soon as it is known. */
	void print(Path former) throws Exception {
		System.out.println("\n" + this.text + " " + conditions(former) + "\n\n" + Change.HEAD);
		for (Database database : this.databases) {
			for (int count : this.counts) {
				this.answering.ask(former, database, count).forEach(System.out::println);
			}
		}
	}

	private static String conditions(Path former) throws IOException {
		return "(%s; before: %s of %s; %s)".formatted(Results.machine(), former,
				Files.getLastModifiedTime(former).toString().substring(0, 16), Sides.text());
	}

	/** Makes the database of a target. */
	@FunctionalInterface
	interface Database {

		Store in(Lab lab) throws Exception;

	}

	@FunctionalInterface
	private interface Answering {

		List<Change> ask(Path former, Database database, int handlers) throws Exception;

	}

}
