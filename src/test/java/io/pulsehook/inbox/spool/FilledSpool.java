package io.pulsehook.inbox.spool;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

import org.springframework.util.unit.DataSize;

import io.pulsehook.threads.CoreThreads;

/**
 * A spool with webhooks that could not be stored, which nobody empties.
 */
public final class FilledSpool {

	private static final String REASON = "new row for relation \"pulsehook_event\" violates check constraint "
			+ "\"only_the_channels_that_the_data_protection_officer_has_approved\" (SQLState 23514)";

	private FilledSpool() {
	}

	/**
	 * Opens it.
	 * @param directory where it lies
	 * @param threads watches its thread
	 * @return the spool, which does not take webhooks
	 */
	public static Spool open(Path directory, CoreThreads threads) {
		Spool spool = Spool.open(new SpoolSettings(directory, DataSize.ofMegabytes(64)), Clock.systemUTC(), threads);
		spool.put("default", "[{\"title\":\"Reserved a table\"}]".getBytes(StandardCharsets.UTF_8));
		spool.put("shop", " ".repeat(70_000).getBytes(StandardCharsets.UTF_8));
		refuse(spool);
		return spool;
	}

	/**
	 * Sets those apart that wait, as if they could not be stored.
	 * @param spool the spool, which does not take webhooks any more
	 */
	public static void refuse(Spool spool) {
		for (SpooledBody body : spool.queue().next(10)) {
			spool.queue().refuse(body, REASON);
		}
		end(spool);
	}

	/**
	 * Lets webhooks go into the inbox again, and drops those that wait.
	 * @param spool the spool
	 */
	public static void end(Spool spool) {
		List<SpooledBody> waiting = spool.queue().next(1_000);
		if (!waiting.isEmpty()) {
			spool.queue().stored(waiting);
		}
		spool.end(() -> true);
	}

}
