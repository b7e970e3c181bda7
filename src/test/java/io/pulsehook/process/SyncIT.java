package io.pulsehook.process;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.pulsehook.process.Trace.Kind;
import io.pulsehook.process.Trace.Step;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests durability by the system's calls. A kill proves little: what a process has
 * written survives it in the page cache, synced or not.
 */
@Timeout(300)
class SyncIT {

	private static final Log logger = LogFactory.getLog(SyncIT.class);

	private static final int POSTS = 50;

	/**
	 * SQLite syncs the log's header once when the log begins, and once for each
	 * checkpoint, which comes after 1,000 pages; 50 commits write some 300.
	 */
	private static final int SYNCS_BESIDES_COMMITS = 3;

	@TempDir
	Path directory;

	@Test
	void syncsTheLogOnceBeforeEachAnswer() throws Exception {
		Assumptions.assumeTrue(Trace.isPossible(), "strace is not installed or not permitted");
		Path output = this.directory.resolve("trace");
		try (ServiceProcess service = Launch.in(this.directory)
			.with("--pulsehook.example=false")
			.under(Trace.command(output))
			.start()) {
			WebhookClient webhook = service.webhook();
			for (int i = 0; i < POSTS; i++) {
				assertThat(webhook.post(new Posted("contact", i).json()).statusCode()).isEqualTo(200);
			}
		}
		Trace trace = Trace.read(output).sinceFirstRequest();
		assertSyncedBeforeEachAnswer(trace.steps());
		int syncs = Collections.frequency(trace.files(Kind.SYNC), log());
		logger.info("%d syncs of the log for %d commits".formatted(syncs, POSTS));
		assertThat(syncs).as("Syncs of the log for %d commits", POSTS).isBetween(POSTS, POSTS + SYNCS_BESIDES_COMMITS);
		assertThat(trace.files(Kind.WRITE)).as("Written files: in the data directory, and nowhere else")
			.allMatch((file) -> file.startsWith(this.directory.toString()));
	}

	private void assertSyncedBeforeEachAnswer(List<Step> steps) {
		int answered = 0;
		boolean written = false;
		boolean synced = false;
		for (Step step : steps) {
			switch (step.kind()) {
				case REQUEST -> {
					written = false;
					synced = false;
				}
				case WRITE -> written |= step.file().equals(log());
				case SYNC -> synced |= written && step.file().equals(log());
				case ANSWER ->
					assertThat(synced).as("The log is written and synced before answer %d", ++answered).isTrue();
				default -> throw new IllegalStateException("Unexpected " + step);
			}
		}
		assertThat(answered).as("Answers in the trace").isEqualTo(POSTS);
	}

	private String log() {
		return this.directory.resolve("data").resolve("pulsehook.db-wal").toString();
	}

}
