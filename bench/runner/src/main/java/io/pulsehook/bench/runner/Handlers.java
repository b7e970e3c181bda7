package io.pulsehook.bench.runner;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a delivery costs.
 */
final class Handlers {

	private static final int[] COUNTS = { 1, 10, 50 };

	private Handlers() {
	}

	static List<Row> ask(Lab lab) throws Exception {
		List<Row> rows = new ArrayList<>();
		for (Lab.Stores stores : List.<Lab.Stores>of(lab::sqlite, lab::postgresql)) {
			List<Rounds.Measurement<Double>> measurements = new ArrayList<>();
			String name = "";
			for (int count : COUNTS) {
				Store store = stores.next();
				name = store.name();
				Target target = lab.pulsehook(Jvm.best(), store, count);
				Rounds.warmUp(target);
				measurements.add(() -> cost(target, count));
			}
			Rounds<Double> rounds = Rounds.of(measurements);
			for (int i = 0; i < COUNTS.length; i++) {
				lab.closeLast();
				double cost = rounds.median(i, Double::doubleValue);
				String what = name + ": " + COUNTS[i]
						+ " for each event, microseconds of the service's processor time for each, with its part of the intake";
				rows.add((i == 0) ? Row.plain(what, cost, "%.0f")
						: Row.below(what, cost, rounds.median(0, Double::doubleValue), "%.0f"));
			}
		}
		return rows;
	}

	// Of the service, with its part of the intake.
	private static double cost(Target target, int handlers) throws Exception {
		Duration before = target.server().processorTime();
		Load load = target.full(Target.CONNECTIONS, Rounds.TURN);
		Duration used = target.server().processorTime().minus(before);
		return used.toNanos() / 1000.0 / (load.requests() * handlers);
	}

}
