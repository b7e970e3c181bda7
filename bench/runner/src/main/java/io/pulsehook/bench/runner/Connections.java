package io.pulsehook.bench.runner;

import java.util.ArrayList;
import java.util.List;

/**
 * What the number of connections changes.
 */
final class Connections {

	private static final int MANY = 256;

	private Connections() {
	}

	static List<Row> ask(Lab lab) throws Exception {
		List<Row> rows = new ArrayList<>();
		for (Store store : List.of(lab.sqlite(), lab.postgresql())) {
			Target target = lab.pulsehook(Jvm.best(), store, 1);
			Rounds.warmUp(target);
			Rounds<Load> rounds = Rounds.of(full(target, Target.CONNECTIONS), full(target, MANY), full(target, 1));
			lab.closeLast();
			double rate = rounds.median(0, Load::perSecond);
			double many = rounds.median(1, Load::perSecond);
			rows.add(Row.plain(store.name() + ": 64 connections, requests/s", rate, "%,.0f"));
			rows.add(Row.plain(store.name() + ": 256 connections, requests/s", many, "%,.0f"));
			rows.add(Row.atLeast(store.name() + ": rate of 256 ÷ rate of 64", many / rate, 0.9, "%.2f"));
			rows.add(Row.below(store.name() + ": 1 connection, p50 of the answer, ms",
					rounds.median(2, Load::p50Millis), 5, "%.2f"));
		}
		return rows;
	}

	private static Rounds.Measurement<Load> full(Target target, int connections) {
		return () -> target.full(connections, Rounds.TURN);
	}

}
