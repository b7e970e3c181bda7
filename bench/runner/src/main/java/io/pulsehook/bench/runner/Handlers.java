package io.pulsehook.bench.runner;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a delivery costs, beyond what it costs to keep its event.
 */
final class Handlers {

	private static final int[] COUNTS = { 0, 1, 10, 50 };

	private static final int ONE = 1;

	private static final double NANOS_PER_MICRO = 1000;

	private Handlers() {
	}

	static List<Row> ask(Lab lab) throws Exception {
		List<Row> rows = new ArrayList<>();
		for (Lab.Stores stores : List.<Lab.Stores>of(lab::sqlite, lab::postgresql)) {
			rows.addAll(ask(lab, stores));
			rows.addAll(Filters.ask(lab, stores));
		}
		return rows;
	}

	private static List<Row> ask(Lab lab, Lab.Stores stores) throws Exception {
		List<Rounds.Measurement<Double>> measurements = new ArrayList<>();
		String name = "";
		for (int count : COUNTS) {
			Store store = stores.next();
			name = store.name();
			Target target = lab.pulsehook(Jvm.best(), store, count);
			Rounds.warmUp(target);
			measurements.add(() -> perEvent(target, store));
		}
		Rounds<Double> rounds = Rounds.of(measurements);
		for (int i = 0; i < COUNTS.length; i++) {
			lab.closeLast();
		}
		double intake = rounds.median(0, Double::doubleValue);
		double[] perDelivery = new double[COUNTS.length];
		List<Row> rows = new ArrayList<>();
		rows.add(Row.plain(name + ": an event without a handler, microseconds of processor time", intake, "%.0f"));
		for (int i = ONE; i < COUNTS.length; i++) {
			perDelivery[i] = (rounds.median(i, Double::doubleValue) - intake) / COUNTS[i];
			String what = name + ": each delivery of an event to " + COUNTS[i] + ", microseconds more";
			rows.add((i == ONE) ? Row.plain(what, perDelivery[i], "%.0f")
					: Row.below(what, perDelivery[i], perDelivery[ONE], "%.0f"));
		}
		return rows;
	}

	// Of the service and of PostgreSQL's server, until the last delivery has ended.
	static double perEvent(Target target, Store store) throws Exception {
		Duration before = target.server().processorTime().plus(store.processorTime());
		Load load = target.full(Target.CONNECTIONS, Rounds.TURN);
		Duration after = target.server().processorTime().plus(store.processorTime());
		return after.minus(before).toNanos() / NANOS_PER_MICRO / load.requests();
	}

}
