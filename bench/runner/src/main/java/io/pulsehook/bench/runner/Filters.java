package io.pulsehook.bench.runner;

import java.util.ArrayList;
import java.util.List;

/**
 * What handlers cost whose filters keep all events away, beside as many without filters.
 */
final class Filters {

	private static final int COUNT = 20;

	private static final double BAR = 0.2;

	/**
	 * The first key matches, so that the second is asked, which looks into the message.
	 */
	private static final String[] KEEP_ALL_AWAY = { "--pulsehook.defaults.filter.title=incoming*",
			"--pulsehook.defaults.filter.sent-by=operator" };

	private Filters() {
	}

	static List<Row> ask(Lab lab, Lab.Stores stores) throws Exception {
		List<Rounds.Measurement<Double>> measurements = new ArrayList<>();
		measurements.add(start(lab, stores.next(), 0));
		measurements.add(start(lab, stores.next(), COUNT));
		Store store = stores.next();
		measurements.add(start(lab, store, COUNT, KEEP_ALL_AWAY));
		Rounds<Double> rounds = Rounds.of(measurements);
		for (int i = 0; i < measurements.size(); i++) {
			lab.closeLast();
		}
		double none = rounds.median(0, Double::doubleValue);
		double unfiltered = rounds.median(1, Double::doubleValue) - none;
		double filtered = rounds.median(2, Double::doubleValue) - none;
		String what = store.name() + ": " + COUNT + " handlers ";
		return List.of(Row.plain(what + "for each event, microseconds more than without one", unfiltered, "%.0f"),
				Row.plain(what + "whose filters keep all events away, microseconds more", filtered, "%.0f"),
				Row.below(what + "whose filters keep all away ÷ without filters", filtered / unfiltered, BAR, "%.2f"));
	}

	private static Rounds.Measurement<Double> start(Lab lab, Store store, int handlers, String... filters)
			throws Exception {
		Target target = lab.pulsehook(Jvm.best(), store, handlers, filters);
		Rounds.warmUp(target);
		return () -> Handlers.perEvent(target, store);
	}

}
