package io.pulsehook.bench.runner;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * How fast events are kept, compared with not keeping them and with keeping them the way
 * that is written by hand.
 */
final class Intake {

	private final Lab lab;

	Intake(Lab lab) {
		this.lab = lab;
	}

	List<Row> ask(Lab.Stores stores, double withoutHandler, double withHandler) throws Exception {
		List<Row> rows = new ArrayList<>();
		for (Jvm jvm : Stream.of(Jvm.best(), Jvm.current()).distinct().toList()) {
			rows.addAll(ask(jvm, stores, withoutHandler, withHandler));
		}
		return rows;
	}

	private List<Row> ask(Jvm jvm, Lab.Stores stores, double withoutHandler, double withHandler) throws Exception {
		Target noOp = this.lab.noOp(jvm);
		Target none = this.lab.pulsehook(jvm, stores.next(), 0);
		Target one = this.lab.pulsehook(jvm, stores.next(), 1);
		Target byHand = this.lab.handWritten(jvm, stores.next());
		Rounds.warmUp(noOp, none, one, byHand);
		Rounds<Load> rounds = Rounds.of(full(noOp), full(none), full(one), full(byHand));
		double[] rates = new double[4];
		for (int i = 0; i < rates.length; i++) {
			rates[i] = rounds.median(i, Load::perSecond);
			this.lab.closeLast();
		}
		boolean counts = jvm.equals(Jvm.best());
		return List.of(Row.plain(jvm + ": no-op, requests/s", rates[0], "%,.0f"),
				Row.plain(jvm + ": no handler matching, requests/s", rates[1], "%,.0f"),
				Row.plain(jvm + ": one handler, requests/s", rates[2], "%,.0f"),
				Row.plain(jvm + ": by hand (Spring Data JPA), requests/s", rates[3], "%,.0f"),
				ratio(counts, jvm + ": no handler ÷ no-op", rates[1] / rates[0], withoutHandler),
				ratio(counts, jvm + ": one handler ÷ no-op", rates[2] / rates[0], withHandler),
				ratio(counts, jvm + ": no handler ÷ by hand", rates[1] / rates[3], 4));
	}

	private static Rounds.Measurement<Load> full(Target target) {
		return () -> target.full(Target.CONNECTIONS, Rounds.TURN);
	}

	private static Row ratio(boolean counts, String what, double value, double bar) {
		return counts ? Row.atLeast(what, value, bar, "%.2f") : Row.plain(what, value, "%.2f");
	}

}
