package io.pulsehook.bench.runner;

import java.util.List;

/**
 * What can be asked.
 */
enum Question {

	sqlite("What does a durable answer cost, with SQLite?", (lab) -> new Intake(lab).ask(lab::sqlite, 0.7, 0.5)),

	postgresql("What does a durable answer cost, with PostgreSQL on the same machine?",
			(lab) -> new Intake(lab).ask(lab::postgresql, 0.4, 0.3)),

	limit("How much is reached of a no-op and a bare insert, one after the other?", Limit::ask),

	dispatch("Do handlers keep up with a minute of posts at the full rate?", Dispatch::ask),

	latency("How long do an answer, and the way to a handler, take at half of the full rate?", Latency::ask),

	growth("What do 5,000,000 finished events in the database change?", Growth::ask),

	handlers("What does a delivery cost when more handlers take each event?", Handlers::ask),

	connections("What do more or fewer connections change?", Connections::ask),

	start("How soon after its start is the first post answered?", Start::ask),

	memory("How much memory does it take in ten minutes at the full rate, started as in the image?", Memory::ask);

	private final String text;

	private final Answering answering;

	Question(String text, Answering answering) {
		this.text = text;
		this.answering = answering;
	}

	String text() {
		return this.text;
	}

	List<Row> ask() throws Exception {
		try (Lab lab = new Lab()) {
			return this.answering.ask(lab);
		}
	}

	@FunctionalInterface
	private interface Answering {

		List<Row> ask(Lab lab) throws Exception;

	}

}
