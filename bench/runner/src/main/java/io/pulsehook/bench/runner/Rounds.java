package io.pulsehook.bench.runner;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Measures several things in turns, so that what else the machine does hits all of them.
 *
 * @param <T> what one measurement gives
 */
final class Rounds<T> {

	static final int COUNT = Integer.getInteger("bench.rounds", 5);

	/** Longer than the JIT takes to compile what is on the way of an event. */
	static final Duration WARM_UP = Duration.ofSeconds(Integer.getInteger("bench.warm-up", 75));

	static final Duration TURN = Duration.ofSeconds(Integer.getInteger("bench.turn", 12));

	/** Whether nothing was made shorter. */
	static final boolean ARE_WHOLE = COUNT >= 5 && WARM_UP.toSeconds() >= 60 && TURN.toSeconds() >= 8
			&& System.getProperty("bench.events") == null && System.getProperty("bench.memory") == null;

	private final List<List<T>> samples = new ArrayList<>();

	@SafeVarargs
	static <T> Rounds<T> of(Measurement<T>... measurements) throws Exception {
		return of(List.of(measurements));
	}

	static <T> Rounds<T> of(List<Measurement<T>> measurements) throws Exception {
		Rounds<T> rounds = new Rounds<>();
		measurements.forEach((measurement) -> rounds.samples.add(new ArrayList<>()));
		for (int round = 0; round < COUNT; round++) {
			// There and back, since each may pay for what the one before it left.
			for (int i = 0; i < measurements.size(); i++) {
				int turn = (round % 2 == 0) ? i : measurements.size() - 1 - i;
				rounds.samples.get(turn).add(measurements.get(turn).take());
			}
		}
		return rounds;
	}

	/** How it is measured, in words. */
	static String text() {
		return "what is compared: medians of %d turns of %d s after %d s each".formatted(COUNT, TURN.toSeconds(),
				WARM_UP.toSeconds());
	}

	/** Lets the JIT do its work before anything counts. */
	static void warmUp(Target... targets) throws Exception {
		for (Target target : targets) {
			target.full(Target.CONNECTIONS, WARM_UP);
		}
	}

	/** The median of one of the measurements. */
	double median(int measurement, ToDoubleFunction<T> value) {
		double[] sorted = this.samples.get(measurement).stream().mapToDouble(value).sorted().toArray();
		int middle = sorted.length / 2;
		return (sorted.length % 2 == 1) ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
	}

	/** One measurement. */
	@FunctionalInterface
	interface Measurement<T> {

		T take() throws Exception;

	}

}
