package io.pulsehook.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What strace saw of a process, in order: requests read, files written, syncs completed,
 * answers sent.
 *
 * @param steps what happened
 */
record Trace(List<Step> steps) {

	private static final String CALLS = "trace=fsync,fdatasync,read,readv,recvfrom,write,writev,sendto,pwrite64";

	private static final Pattern SYNC = Pattern.compile("^(\\d+) +(?:fsync|fdatasync)\\(\\d+<([^>]*)>(.*)$");

	private static final Pattern SYNC_RESUMED = Pattern
		.compile("^(\\d+) +<\\.\\.\\. (?:fsync|fdatasync) resumed>(.*)$");

	private static final Pattern WRITE = Pattern.compile("^\\d+ +pwrite64\\(\\d+<([^>]*)>");

	// Returns the strace command that traces the one behind it, with the file of each
	// descriptor. A filter in the kernel stops the process at these calls only.
	static String[] command(Path output) {
		return new String[] { "strace", "-f", "--seccomp-bpf", "-y", "-s", "32", "-o", output.toString(), "-e", CALLS };
	}

	static boolean isPossible() {
		return Commands
			.succeed(Stream.concat(Stream.of(command(Path.of("/dev/null"))), Stream.of("true")).toArray(String[]::new));
	}

	static Trace read(Path file) throws IOException {
		Parser parser = new Parser();
		Files.readAllLines(file, StandardCharsets.ISO_8859_1).forEach(parser::parse);
		return new Trace(parser.steps);
	}

	List<String> files(Kind kind) {
		return this.steps.stream().filter((step) -> step.kind() == kind).map(Step::file).toList();
	}

	// Returns the steps from the first request on.
	Trace sinceFirstRequest() {
		return new Trace(this.steps.stream().dropWhile((step) -> step.kind() != Kind.REQUEST).toList());
	}

	/**
	 * What happened at a step.
	 */
	enum Kind {

		REQUEST, WRITE, SYNC, ANSWER

	}

	/**
	 * A step.
	 *
	 * @param kind what happened
	 * @param file the file that it happened to, empty for a connection
	 */
	record Step(Kind kind, String file) {

	}

	private static final class Parser {

		private final List<Step> steps = new ArrayList<>();

		private final Map<String, String> unfinishedSyncs = new HashMap<>();

		void parse(String line) {
			Matcher sync = SYNC.matcher(line);
			Matcher resumed = SYNC_RESUMED.matcher(line);
			Matcher write = WRITE.matcher(line);
			if (sync.matches()) {
				this.unfinishedSyncs.put(sync.group(1), sync.group(2));
				completeSync(sync.group(1), sync.group(3));
			}
			else if (resumed.matches()) {
				completeSync(resumed.group(1), resumed.group(2));
			}
			else if (write.find()) {
				this.steps.add(new Step(Kind.WRITE, write.group(1)));
			}
			else if (line.contains("\"POST /webhooks/")) {
				this.steps.add(new Step(Kind.REQUEST, ""));
			}
			else if (line.contains("\"HTTP/1.1 200 ")) {
				this.steps.add(new Step(Kind.ANSWER, ""));
			}
		}

		// A sync counts when it has returned, and not when it was called.
		private void completeSync(String thread, String rest) {
			if (rest.strip().endsWith("= 0")) {
				this.steps.add(new Step(Kind.SYNC, this.unfinishedSyncs.getOrDefault(thread, "")));
			}
		}

	}

}
