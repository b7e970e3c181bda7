package io.pulsehook.bench.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tables, one for each question, of which each run replaces its own.
 */
final class Results {

	private static final Path FILE = Path.of("results.md");

	private static final Pattern SECTION = Pattern.compile("^## (\\S+)\\R(.*?)(?=^## |\\z)",
			Pattern.MULTILINE | Pattern.DOTALL);

	private static final String HEAD = """
			# Results

			Written by `bench/run`: see [README.md](README.md).
			""";

	private Results() {
	}

	static void write(Question question, List<Row> rows) throws IOException {
		StringBuilder table = new StringBuilder(
				"\n" + question.text() + " " + conditions() + "\n\n| | measured | bar | |\n|---|---|---|---|\n");
		rows.forEach((row) -> table.append(row).append('\n'));
		System.out.println(table);
		if (!Rounds.ARE_WHOLE) {
			System.out.println("Not written into results.md: that is for whole runs.");
			return;
		}
		Map<String, String> sections = read();
		sections.put(question.name(), table.append('\n').toString());
		StringBuilder all = new StringBuilder(HEAD);
		for (Question each : Question.values()) {
			String section = sections.get(each.name());
			if (section != null) {
				all.append("\n## ").append(each.name()).append('\n').append(section.stripTrailing()).append('\n');
			}
		}
		Files.writeString(FILE, all);
	}

	private static Map<String, String> read() throws IOException {
		Map<String, String> sections = new LinkedHashMap<>();
		if (Files.exists(FILE)) {
			Matcher section = SECTION.matcher(Files.readString(FILE));
			while (section.find()) {
				sections.put(section.group(1), section.group(2));
			}
		}
		return sections;
	}

	private static String conditions() throws IOException {
		return "(" + machine() + " unless another is named; " + Rounds.text() + ")";
	}

	/** When it is measured, and what on. */
	static String machine() throws IOException {
		String processor = Files.exists(Path.of("/proc/cpuinfo")) ? Files.readAllLines(Path.of("/proc/cpuinfo"))
			.stream()
			.filter((line) -> line.startsWith("model name"))
			.findFirst()
			.map((line) -> ", " + line.replaceFirst(".*: ", ""))
			.orElse("") : "";
		return LocalDate.now() + ", " + Runtime.getRuntime().availableProcessors() + " cores" + processor + ", "
				+ Jvm.best();
	}

}
