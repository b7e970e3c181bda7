package io.pulsehook.app.send;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.pulsehook.console.connect.SampleEvent;

/**
 * The command that posts an example of SendPulse's page, or a file, to a URL and prints
 * the answer. It starts no service.
 */
public final class SendCommand {

	/** The first argument that asks for it. */
	public static final String COMMAND = "send";

	/** Everything that was sent was answered with 2xx. */
	static final int TAKEN = 0;

	/** Something was refused, or nobody answered. */
	static final int REFUSED = 1;

	/** The arguments cannot be used, so that nothing was sent. */
	static final int MISUSED = 2;

	private final PrintStream out;

	private final PrintStream err;

	SendCommand(PrintStream out, PrintStream err) {
		this.out = out;
		this.err = err;
	}

	/**
	 * Sends what the arguments ask for.
	 * @param arguments the command, and its options
	 * @return the exit code: 0 if everything was taken, 1 if something was not, 2 if the
	 * arguments cannot be used
	 */
	public static int run(String... arguments) {
		return new SendCommand(System.out, System.err).send(arguments);
	}

	int send(String... arguments) {
		try {
			SendOptions options = SendOptions.parse(List.of(arguments).subList(1, arguments.length));
			Map<String, byte[]> bodies = bodies(options);
			return post(new WebhookPost(options.to()), bodies);
		}
		catch (UsageException ex) {
			this.err.println(ex.getMessage());
			this.err.println();
			this.err.println(usage());
			return MISUSED;
		}
	}

	private static Map<String, byte[]> bodies(SendOptions options) {
		if (options.file() != null) {
			return Map.of(options.file().toString(), read(options.file()));
		}
		ChannelSamples samples = new ChannelSamples(Instant.now());
		Map<String, byte[]> bodies = new LinkedHashMap<>();
		for (SampleEvent sample : options.samples()) {
			bodies.put(sample.name(), samples.body(sample, options.channel()));
		}
		return bodies;
	}

	private static byte[] read(Path file) {
		try {
			return Files.readAllBytes(file);
		}
		catch (IOException ex) {
			throw new UsageException("The file " + file + " cannot be read.");
		}
	}

	private int post(WebhookPost target, Map<String, byte[]> bodies) {
		int worst = TAKEN;
		for (Map.Entry<String, byte[]> body : bodies.entrySet()) {
			WebhookPost.Answer answer = target.post(body.getValue());
			this.out.println(body.getKey() + " to " + target + ": " + answer.text());
			worst = Math.max(worst, answer.isTaken() ? TAKEN : REFUSED);
		}
		return worst;
	}

	private static String usage() {
		return """
				Usage: java -jar pulsehook-exec.jar send [--kind=<kind>] [--channel=<channel>] --to=<webhook URL>
				       java -jar pulsehook-exec.jar send --file=<file> --to=<webhook URL>

				Kinds:    %s, or all (without --kind: %s)
				Channels: %s (without --channel: that of the example)
				Exit code: 0 if everything was answered with 2xx, 1 if not, 2 if the arguments cannot be used"""
			.formatted(SampleEvent.all().stream().map(SampleEvent::name).collect(Collectors.joining(", ")),
					SendOptions.DEFAULT_KIND, String.join(", ", ChannelSamples.channels()));
	}

}
