package io.pulsehook.bench.runner;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How long things take when the service is not at its limit.
 */
final class Latency {

	private static final double MICROS_PER_MILLI = 1000;

	private Latency() {
	}

	static List<Row> ask(Lab lab) throws Exception {
		List<Row> rows = new ArrayList<>();
		for (Store store : List.of(lab.sqlite(), lab.postgresql())) {
			rows.addAll(ask(lab, store));
		}
		return rows;
	}

	private static List<Row> ask(Lab lab, Store store) throws Exception {
		Path latencies = Files.createTempFile(lab.directory(), "latencies", "");
		Target noOp = lab.noOp(Jvm.best());
		Target target = lab.pulsehook(Jvm.best(), store, 1, "--bench.latencies=" + latencies);
		Rounds.warmUp(noOp, target);
		double half = target.full(Target.CONNECTIONS, Rounds.TURN).perSecond() / 2;
		double pause = target.pauseFor(half);
		double pauseOfNoOp = noOp.pauseFor(half);
		long begin = System.currentTimeMillis() * 1000;
		Rounds<Load> rounds = Rounds.of(() -> noOp.thinking(pauseOfNoOp, Rounds.TURN),
				() -> target.thinking(pause, Rounds.TURN));
		target.server().close();
		noOp.server().close();
		double p50 = rounds.median(1, Load::p50Millis);
		double p99 = rounds.median(1, Load::p99Millis);
		String name = store.name() + " at " + Math.round(rounds.median(1, Load::perSecond)) + "/s: ";
		return List.of(Row.plain(name + "requests/s of the no-op", rounds.median(0, Load::perSecond), "%,.0f"),
				Row.plain(name + "p50 of the no-op, ms", rounds.median(0, Load::p50Millis), "%.2f"),
				Row.plain(name + "p99 of the no-op, ms", rounds.median(0, Load::p99Millis), "%.2f"),
				Row.plain(name + "p50 of the answer, ms", p50, "%.2f"),
				Row.below(name + "p50 ÷ the no-op's", p50 / rounds.median(0, Load::p50Millis), 3, "%.2f"),
				Row.below(name + "p99 ÷ the no-op's", p99 / rounds.median(0, Load::p99Millis), 4, "%.2f"),
				Row.below(name + "p99 of the answer, ms", p99, 50, "%.2f"),
				Row.below(name + "p99 from post to handler, ms", p99ToHandler(latencies, begin), 100, "%.2f"));
	}

	// Of what was posted since then, in microseconds since 1970.
	static double p99ToHandler(Path latencies, long since) throws IOException {
		List<Long> micros = new ArrayList<>();
		try (InputStream in = Files.newInputStream(latencies)) {
			ByteBuffer pairs = ByteBuffer.wrap(in.readAllBytes());
			while (pairs.remaining() >= 2 * Long.BYTES) {
				long sent = pairs.getLong();
				long handled = pairs.getLong();
				if (sent >= since) {
					micros.add(handled - sent);
				}
			}
		}
		micros.sort(null);
		return micros.get((int) (micros.size() * 0.99)) / MICROS_PER_MILLI;
	}

}
