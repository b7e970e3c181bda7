package io.pulsehook.bench.runner;

import java.time.Duration;
import java.util.List;

/**
 * What it takes of a machine's memory.
 */
final class Memory {

	private static final Duration LONG = Duration.ofSeconds(Integer.getInteger("bench.memory", 600));

	private static final double BAR = 350;

	private Memory() {
	}

	static List<Row> ask(Lab lab) throws Exception {
		Image image = Image.build(lab, Jvm.best());
		try (Server server = image.launch(Lab.pulsehookArguments(lab.sqlite(), 1), lab.directory())) {
			server.awaitAnswer();
			long idle = server.residentMegabytes();
			Load load = Load.full(server.webhook(), Target.CONNECTIONS, LONG);
			return List.of(Row.plain("after the start, MB of RSS", idle, "%.0f"),
					Row.plain("requests/s for %d s".formatted(LONG.toSeconds()), load.perSecond(), "%,.0f"),
					Row.below("then, MB of RSS", server.residentMegabytes(), BAR, "%.0f"),
					Row.plain("at most, MB of RSS", server.largestResidentMegabytes(), "%.0f"));
		}
	}

}
