package io.pulsehook.bench.runner;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;

/**
 * What came of posting for some time.
 *
 * @param requests how many were answered
 * @param perSecond how many in a second
 * @param p50Millis what half of the answers took at most
 * @param p99Millis what of a hundred answers all but one took at most
 */
record Load(long requests, double perSecond, double p50Millis, double p99Millis) {

	private static final double MICROS_PER_MILLI = 1000;

	private static final double MICROS_PER_SECOND = 1_000_000;

	/** Posts as fast as answers come. */
	static Load full(String url, int connections, Duration time) throws IOException, InterruptedException {
		return post(url, connections, time, 0);
	}

	/**
	 * Posts at random times: each connection waits so long, on average, between an answer
	 * and its next post.
	 */
	static Load thinking(double millis, String url, int connections, Duration time)
			throws IOException, InterruptedException {
		return post(url, connections, time, millis);
	}

	private static Load post(String url, int connections, Duration time, double thinkMillis)
			throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(List.of("wrk", "-t1", "-c" + connections, "-d" + time.toSeconds() + "s",
				"--timeout", "30s", "-s", "post.lua", url, "--"));
		command.add("r" + System.nanoTime());
		command.add(Double.toString(thinkMillis));
		Process wrk = new ProcessBuilder(command).redirectErrorStream(true).start();
		String output = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		if (wrk.waitFor() != 0 || !output.contains("result ")) {
			throw new IllegalStateException("wrk failed: " + output);
		}
		return read(output);
	}

	private static Load read(String output) {
		try (Scanner result = new Scanner(output.substring(output.indexOf("result ") + "result ".length()))) {
			long requests = result.nextLong();
			double seconds = result.nextLong() / MICROS_PER_SECOND;
			long errors = result.nextLong();
			if (errors > 0) {
				throw new IllegalStateException(errors + " posts failed, and a comparison means nothing: " + output);
			}
			return new Load(requests, requests / seconds, result.nextLong() / MICROS_PER_MILLI,
					result.nextLong() / MICROS_PER_MILLI);
		}
	}

}
