package io.pulsehook.bench.runner;

import java.util.ArrayList;
import java.util.List;

/**
 * How much the service reaches of what is possible: the time of an event would be that of
 * a no-op on the same server and that of a bare insert, and nothing else.
 */
final class Limit {

	private static final double BAR = 0.8;

	private Limit() {
	}

	static List<Row> ask(Lab lab) throws Exception {
		List<Row> rows = new ArrayList<>(ask(lab, lab.sqlite(), lab.sqlite()));
		rows.addAll(ask(lab, lab.postgresql(), lab.postgresql()));
		return rows;
	}

	private static List<Row> ask(Lab lab, Store kept, Store bare) throws Exception {
		// Makes the tables that are written without it then.
		lab.pulsehook(Jvm.best(), bare, 0);
		lab.closeLast();
		Target noOp = lab.noOp(Jvm.best());
		Target service = lab.pulsehook(Jvm.best(), kept, 0);
		try (BareInserts inserts = new BareInserts(bare)) {
			Rounds.warmUp(noOp, service);
			inserts.perSecond(Rounds.TURN);
			Rounds<Double> rounds = Rounds.of(() -> noOp.full(Target.CONNECTIONS, Rounds.TURN).perSecond(),
					() -> inserts.perSecond(Rounds.TURN),
					() -> service.full(Target.CONNECTIONS, Rounds.TURN).perSecond());
			return rows(kept.name(), inserts.name(), rounds);
		}
		finally {
			lab.closeLast();
			lab.closeLast();
		}
	}

	private static List<Row> rows(String store, String inserts, Rounds<Double> rounds) {
		double noOp = rounds.median(0, Double::doubleValue);
		double bare = rounds.median(1, Double::doubleValue);
		double service = rounds.median(2, Double::doubleValue);
		double limit = 1 / (1 / noOp + 1 / bare);
		return List.of(Row.plain(store + ": no-op, requests/s", noOp, "%,.0f"), Row.plain(inserts, bare, "%,.0f"),
				Row.plain(store + ": one after the other, events/s", limit, "%,.0f"),
				Row.plain(store + ": no handler, requests/s", service, "%,.0f"),
				Row.atLeast(store + ": no handler ÷ one after the other", service / limit, BAR, "%.2f"));
	}

}
