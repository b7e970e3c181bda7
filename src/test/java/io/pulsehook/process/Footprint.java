package io.pulsehook.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a process takes of the machine, as Linux and the JVM report it.
 *
 * @param heap kilobytes of the heap in use after a collection
 * @param resident kilobytes of memory in use
 * @param threads the number of threads
 * @param files the number of open files and connections
 */
record Footprint(long heap, long resident, long threads, long files) {

	// The JVM prints one line for each generation, or one for the whole heap.
	private static final Pattern USED_HEAP = Pattern.compile("total .*used (\\d+)K");

	static Footprint of(long pid) throws IOException, InterruptedException {
		jcmd(pid, "GC.run");
		long heap = USED_HEAP.matcher(jcmd(pid, "GC.heap_info"))
			.results()
			.mapToLong((result) -> Long.parseLong(result.group(1)))
			.sum();
		assertThat(heap).as("Kilobytes of heap in use").isPositive();
		Path process = Path.of("/proc", Long.toString(pid));
		String status = Files.readString(process.resolve("status"));
		try (Stream<Path> files = Files.list(process.resolve("fd"))) {
			return new Footprint(heap, number("VmRSS", status), number("Threads", status), files.count());
		}
	}

	private static String jcmd(long pid, String command) throws IOException, InterruptedException {
		return Commands.output(new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
				Long.toString(pid), command));
	}

	private static long number(String name, String status) {
		Matcher matcher = Pattern.compile(name + ":\\s+(\\d+)").matcher(status);
		assertThat(matcher.find()).as("%s in:%n%s", name, status).isTrue();
		return Long.parseLong(matcher.group(1));
	}

	// Returns the median of each figure by itself.
	static Footprint median(List<Footprint> samples) {
		return new Footprint(median(samples, Footprint::heap), median(samples, Footprint::resident),
				median(samples, Footprint::threads), median(samples, Footprint::files));
	}

	private static long median(List<Footprint> samples, ToLongFunction<Footprint> figure) {
		return samples.stream()
			.map(figure::applyAsLong)
			.sorted(Comparator.naturalOrder())
			.toList()
			.get(samples.size() / 2);
	}

}
