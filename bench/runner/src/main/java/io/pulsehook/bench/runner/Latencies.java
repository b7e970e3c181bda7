package io.pulsehook.bench.runner;

import java.nio.file.Path;
import java.util.List;

/**
 * How long things take when the service is not at its limit, with a former jar and with
 * this one.
 *
 * @param pairs both were posted to at the same rate at the same time
 * @param toHandlerBefore what all but a hundredth of the ways from a post to its handler
 * took at most with the former jar, in milliseconds
 * @param toHandlerNow the same with this one
 */
record Latencies(List<Pair> pairs, double toHandlerBefore, double toHandlerNow) {

	/** For each of the two. */
	private static final double PART_OF_FULL_RATE = 0.25;

	private static final double MILLIS_PER_SECOND = 1000;

	private static final long MICROS_PER_MILLI = 1000;

	static List<Change> ask(Path former, Comparison.Database database, int handlers) throws Exception {
		List<Latencies> starts = Sides.eachStart(former, (jar, lab) -> lab.pulsehook(jar, Jvm.best(), database.in(lab),
				handlers, "--bench.latencies=" + file(lab)), Latencies::of);
		List<List<Pair>> pairs = starts.stream().map(Latencies::pairs).toList();
		String name = pairs.get(0).get(0).before().target().requiredStore().name() + " at an equal rate: ";
		return List.of(Change.plain(name + "requests/s", pairs, Turn::perSecond),
				Change.plain(name + "p50 of the answer, ms", pairs, (turn) -> turn.load().p50Millis()),
				Change.plain(name + "p99 of the answer, ms", pairs, (turn) -> turn.load().p99Millis()),
				Change.plain(name + "p99 from post to handler, ms", starts, Latencies::toHandlerBefore,
						Latencies::toHandlerNow),
				Change.held(name + "microseconds of processor time for an event", pairs, Turn::serviceMicros));
	}

	private static Latencies of(Sides sides) throws Exception {
		double pause = Sides.CONNECTIONS * MILLIS_PER_SECOND / (PART_OF_FULL_RATE * fullRate(sides));
		long begin = System.currentTimeMillis() * MICROS_PER_MILLI;
		List<Pair> pairs = sides.atOnce((target) -> target.thinking(pause, Sides.CONNECTIONS, Sides.TURN));
		// They write down the last ways when they end.
		sides.before().server().close();
		sides.now().server().close();
		return new Latencies(pairs, Latency.p99ToHandler(file(sides.labBefore()), begin),
				Latency.p99ToHandler(file(sides.labNow()), begin));
	}

	private static double fullRate(Sides sides) throws Exception {
		return Math.min(sides.before().full(Target.CONNECTIONS, Sides.TURN).perSecond(),
				sides.now().full(Target.CONNECTIONS, Sides.TURN).perSecond());
	}

	private static Path file(Lab lab) {
		return lab.directory().resolve("latencies");
	}

}
