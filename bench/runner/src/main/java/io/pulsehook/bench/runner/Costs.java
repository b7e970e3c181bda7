package io.pulsehook.bench.runner;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How many events are stored in a second, and what each takes of the processors, with a
 * former jar and with this one.
 *
 * @param inTurns each had for itself what was free of the machine
 * @param atOnce both shared it
 */
record Costs(List<Pair> inTurns, List<Pair> atOnce) {

	/**
	 * A rate is measured in turns. What an event takes of the processors depends on what
	 * else the machine does by more than is looked for, and is measured while both are
	 * loaded.
	 */
	static List<Change> ask(Path former, Comparison.Database database, int handlers) throws Exception {
		List<Costs> starts = Sides.eachStart(former,
				(jar, lab) -> lab.pulsehook(jar, Jvm.best(), database.in(lab), handlers), Costs::of);
		return changes(starts);
	}

	/** What came out of all starts. */
	static List<Change> changes(List<Costs> starts) {
		List<List<Pair>> inTurns = starts.stream().map(Costs::inTurns).toList();
		List<List<Pair>> atOnce = starts.stream().map(Costs::atOnce).toList();
		Target target = starts.get(0).inTurns.get(0).before().target();
		String name = target.requiredStore().name() + ", " + target.name() + ": ";
		List<Change> changes = new ArrayList<>();
		changes.add(Change.plain(name + "requests/s", inTurns, Turn::perSecond));
		changes.add(Change.held(name + "microseconds of processor time for an event", atOnce, Turn::serviceMicros));
		if (target.requiredStore().server() != null) {
			changes.add(Change.plain(name + "the same of the database's server", atOnce, Turn::databaseMicros));
		}
		return changes;
	}

	/** Measures one start. */
	static Costs of(Sides sides) throws Exception {
		return new Costs(sides.inTurns((target) -> target.full(Target.CONNECTIONS, Sides.TURN)),
				sides.atOnce((target) -> target.full(Sides.CONNECTIONS, Sides.TURN)));
	}

}
