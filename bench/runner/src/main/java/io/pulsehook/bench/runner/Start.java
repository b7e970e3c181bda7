package io.pulsehook.bench.runner;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How long it takes from nothing to the first event that is kept.
 */
final class Start {

	private Start() {
	}

	static List<Row> ask(Lab lab) throws Exception {
		Jvm jvm = Jvm.best();
		Image image = Image.build(lab, jvm);
		Image uncached = image.withoutCache();
		Path directory = lab.directory();
		Rounds<Double> rounds = Rounds.of(
				() -> seconds((arguments) -> Server.launch(jar(jvm, arguments), directory), lab),
				() -> seconds((arguments) -> image.launch(arguments, directory), lab),
				() -> seconds((arguments) -> uncached.launch(arguments, directory), lab));
		double jar = rounds.median(0, Double::doubleValue);
		double cached = rounds.median(1, Double::doubleValue);
		return List.of(Row.plain("the jar, seconds to the first 200", jar, "%.2f"),
				Row.plain("the image, with its AOT cache and a plug-in, seconds", cached, "%.2f"),
				Row.plain("the image without its AOT cache, seconds", rounds.median(2, Double::doubleValue), "%.2f"),
				Row.below("image ÷ jar", cached / jar, 0.5, "%.2f"));
	}

	private static List<String> jar(Jvm jvm, List<String> arguments) throws Exception {
		List<String> command = new ArrayList<>(List.of(jvm.java(), "-jar", Lab.service().toString()));
		command.addAll(arguments);
		return command;
	}

	private static double seconds(Launch launch, Lab lab) throws Exception {
		List<String> arguments = Lab.pulsehookArguments(lab.sqlite(), 1);
		long begin = System.nanoTime();
		try (Server server = launch.with(arguments)) {
			server.awaitAnswer();
			return (System.nanoTime() - begin) / 1e9;
		}
	}

	@FunctionalInterface
	private interface Launch {

		Server with(List<String> arguments) throws Exception;

	}

}
