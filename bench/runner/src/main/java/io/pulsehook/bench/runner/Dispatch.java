package io.pulsehook.bench.runner;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether handlers keep up.
 */
final class Dispatch {

	private static final Duration MINUTE = Duration.ofSeconds(60);

	private Dispatch() {
	}

	static List<Row> ask(Lab lab) throws Exception {
		List<Row> rows = new ArrayList<>();
		for (Store store : List.of(lab.sqlite(), lab.postgresql())) {
			Target target = lab.pulsehook(Jvm.best(), store, 1);
			Rounds.warmUp(target);
			Load load = Load.full(target.server().webhook(), Target.CONNECTIONS, MINUTE);
			double backlog = store.unfinished();
			target.server().close();
			rows.add(Row.plain(store.name() + ": intake, requests/s", load.perSecond(), "%,.0f"));
			rows.add(Row.plain(store.name() + ": backlog after a minute, deliveries", backlog, "%,.0f"));
			rows.add(Row.below(store.name() + ": backlog, seconds of intake", backlog / load.perSecond(), 1, "%.2f"));
		}
		return rows;
	}

}
