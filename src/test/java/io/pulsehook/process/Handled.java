package io.pulsehook.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * A line that a handler of a plug-in wrote down.
 *
 * @param process the id of the process it ran in
 * @param handler the handler
 * @param delivery the id of the delivery
 * @param title the event's title
 * @param contact the event's contact
 * @param attempt the number of the attempt
 * @param what {@code begin}, {@code end} or {@code failed}
 * @param at when
 */
record Handled(String process, String handler, String delivery, String title, String contact, int attempt, String what,
		Instant at) {

	// Reads all lines in the order in which they were written.
	static List<Handled> readAll(Path record) {
		if (!Files.exists(record)) {
			return List.of();
		}
		try {
			return Files.readAllLines(record).stream().map(Handled::parse).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Handled parse(String line) {
		String[] parts = line.split("\t", -1);
		return new Handled(parts[0], parts[1], parts[2], parts[3], parts[4], Integer.parseInt(parts[5]), parts[6],
				Instant.ofEpochMilli(Long.parseLong(parts[7])));
	}

	boolean by(String name) {
		return this.handler.equals(name);
	}

	boolean began() {
		return this.what.equals("begin");
	}

	boolean ended() {
		return this.what.equals("end");
	}

	// The id of a delivery begins with that of its event.
	long eventId() {
		return Long.parseLong(this.delivery.split("-")[0]);
	}

}
