package io.pulsehook.bench.runner;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;

/**
 * A former jar and this one, started side by side and loaded in many short turns, so that
 * what else the machine does hits both.
 *
 * @param start how many starts there were before this one
 * @param before the former one
 * @param labBefore where the former one has its files
 * @param now this one
 * @param labNow where this one has its files
 */
record Sides(int start, Target before, Lab labBefore, Target now, Lab labNow) {

	static final Duration TURN = Duration.ofSeconds(Integer.getInteger("bench.turn", 2));

	/** For each of the two when both are loaded. */
	static final int CONNECTIONS = Target.CONNECTIONS / 2;

	private static final int STARTS = Integer.getInteger("bench.starts", 5);

	private static final int ROUNDS = Integer.getInteger("bench.rounds", 12);

	/** Of processor time, which a busy machine gives later, and the JIT needs. */
	private static final Duration WARM_UP = Duration.ofSeconds(Integer.getInteger("bench.warm-up", 40));

	/**
	 * Starts both several times, since the JIT compiles the same code a little
	 * differently each time, and measures each time.
	 */
	static <T> List<T> eachStart(Path former, Starting starting, Measurement<T> measurement) throws Exception {
		return eachStart((lab) -> starting.start(former, lab), (lab) -> starting.start(Lab.service(), lab),
				measurement);
	}

	/** The same with any two sides. */
	static <T> List<T> eachStart(Opening before, Opening now, Measurement<T> measurement) throws Exception {
		List<T> measured = new ArrayList<>();
		for (int start = 0; start < STARTS; start++) {
			// Each has a database server of its own, and what both stored is deleted.
			try (Lab labBefore = new Lab(); Lab labNow = new Lab()) {
				Sides sides = new Sides(start, before.open(labBefore), labBefore, now.open(labNow), labNow);
				sides.warmUp();
				measured.add(measurement.take(sides));
			}
		}
		return measured;
	}

	/** How it is measured, in words. */
	static String text() {
		return ("%d starts, each with %d pairs of turns of %d s after %d s of processor time each; medians, and in brackets"
				+ " where the true one lies in 19 of 20 runs")
			.formatted(STARTS, ROUNDS, TURN.toSeconds(), WARM_UP.toSeconds());
	}

	/** One after the other, each first every other time. */
	List<Pair> inTurns(Turn.Posting posting) throws Exception {
		List<Pair> pairs = new ArrayList<>();
		for (int round = 0; round < ROUNDS; round++) {
			boolean formerFirst = (this.start + round) % 2 == 0;
			Turn first = Turn.take(formerFirst ? this.before : this.now, posting);
			Turn second = Turn.take(formerFirst ? this.now : this.before, posting);
			pairs.add(formerFirst ? new Pair(first, second) : new Pair(second, first));
		}
		return pairs;
	}

	/** Both at the same time. */
	List<Pair> atOnce(Turn.Posting posting) throws Exception {
		List<Pair> pairs = new ArrayList<>();
		for (int round = 0; round < ROUNDS; round++) {
			pairs.add(together(posting));
		}
		return pairs;
	}

	private void warmUp() throws Exception {
		while (Stream.of(this.before, this.now)
			.anyMatch((target) -> target.server().processorTime().compareTo(WARM_UP) < 0)) {
			together((target) -> target.full(CONNECTIONS, TURN));
		}
	}

	private Pair together(Turn.Posting posting) throws Exception {
		FutureTask<Turn> former = new FutureTask<>(() -> Turn.take(this.before, posting));
		new Thread(former).start();
		Turn current = Turn.take(this.now, posting);
		return new Pair(former.get(), current);
	}

	/** Starts the service of a jar. */
	@FunctionalInterface
	interface Starting {

		Target start(Path jar, Lab lab) throws Exception;

	}

	/** Starts one of the two sides. */
	@FunctionalInterface
	interface Opening {

		Target open(Lab lab) throws Exception;

	}

	/** What is done with each start. */
	@FunctionalInterface
	interface Measurement<T> {

		T take(Sides sides) throws Exception;

	}

}
