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
		boolean counts = jvm.equals(Jvm.best());
		List<Target> targets = new ArrayList<>();
		targets.add(this.lab.noOp(jvm));
		targets.add(this.lab.pulsehook(jvm, stores.next(), 0));
		targets.add(this.lab.pulsehook(jvm, stores.next(), 1));
		if (counts) {
			targets.add(this.lab.handWritten(jvm, stores.next()));
		}
		Rounds.warmUp(targets.toArray(Target[]::new));
		Rounds<Load> rounds = Rounds.of(targets.stream().map(Intake::full).toList());
		List<Row> rows = new ArrayList<>();
		double[] rates = new double[targets.size()];
		for (int i = 0; i < rates.length; i++) {
			rates[i] = rounds.median(i, Load::perSecond);
			rows.add(Row.plain(jvm + ": " + targets.get(i).name() + ", requests/s", rates[i], "%,.0f"));
			this.lab.closeLast();
		}
		rows.add(ratio(counts, jvm + ": no handler ÷ no-op", rates[1] / rates[0], withoutHandler));
		rows.add(ratio(counts, jvm + ": 1 handler ÷ no-op", rates[2] / rates[0], withHandler));
		if (counts) {
			rows.add(ratio(true, jvm + ": no handler ÷ by hand", rates[1] / rates[3], 4));
		}
		return rows;
	}

	private static Rounds.Measurement<Load> full(Target target) {
		return () -> target.full(Target.CONNECTIONS, Rounds.TURN);
	}

	private static Row ratio(boolean counts, String what, double value, double bar) {
		return counts ? Row.atLeast(what, value, bar, "%.2f") : Row.plain(what, value, "%.2f");
	}

}
