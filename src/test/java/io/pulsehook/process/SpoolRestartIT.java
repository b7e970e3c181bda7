package io.pulsehook.process;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Kills a service with a spool while its database is away, starts it without one, fills
 * its disk, and kills it again while the spool is drained: what was acknowledged is kept,
 * once, and handled, in order. {@code -Dspool.kills=200} makes it a long run.
 */
@Timeout(1_800)
class SpoolRestartIT {

	private static final int FEW = 2;

	private static final int MANY = Integer.getInteger("spool.kills", 20);

	private static final int CLIENTS = 16;

	private static final int CONTACTS = 32;

	private static final Duration PAUSE = Duration.ofMillis(20);

	private static final int DISK_MEGABYTES = 64;

	private static final int MOST_BEFORE_A_KILL = 400;

	/** More than the drain stores at once. */
	private static final int TO_DRAIN = 1_500;

	private static final int POSTS_WHILE_FULL = 20;

	private static final int MOST_POSTS_UNTIL_FULL = 100;

	/** The service finds the database again within this time, and begins to drain. */
	private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

	/** The time that a batch takes until it is deleted from the spool. */
	private static final Duration LONGEST_BATCH = Duration.ofMillis(30);

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	@TempDir
	Path directory;

	private final Load load = new Load(CLIENTS, CONTACTS);

	private final List<String> others = new ArrayList<>();

	private SmallDisk disk;

	private SpoolingService service;

	@BeforeEach
	void create() throws Exception {
		this.disk = new SmallDisk(this.directory.resolve("disk"), DISK_MEGABYTES);
		this.service = new SpoolingService(this.directory, this.disk.directory());
	}

	@AfterEach
	void close() throws Exception {
		this.service.close();
		this.disk.close();
	}

	@Test
	void losesNothingThatItAcknowledged() throws Exception {
		killAgainAndAgain(FEW);
	}

	@Test
	@Tag("thorough")
	void losesNothingThatItAcknowledgedOverManyKills() throws Exception {
		killAgainAndAgain(MANY);
	}

	private void killAgainAndAgain(int kills) throws Exception {
		this.service.start();
		for (int kill = 0; kill < kills; kill += 2) {
			long stored = stored();
			this.service.server().stop();
			killWhileTheDatabaseIsAway();
			this.service.start();
			if (kill == 0 && this.disk.isMounted()) {
				assertRefusedWhileTheDiskIsFull();
			}
			killWhileTheSpoolIsDrained(stored);
			this.service.start();
			this.service.awaitDrained();
			// A delivery that is killed in each of three rounds would not be tried again.
			this.service.awaitHandled();
		}
		this.load.finish(this.service.webhook());
		this.service.awaitDrained();
		List<JsonNode> events = this.service.awaitHandled();
		this.load.assertKeptOnce(events, this.others.size());
		assertThat(events).extracting((event) -> event.get("title").asString()).containsAll(this.others);
		this.load.assertHandledInOrder(events, this.service.handled());
		assertThat(this.load.answers()).extracting(Answered::status).as("200, or none at a kill").containsOnly(200, 0);
	}

	private void killWhileTheDatabaseIsAway() throws Exception {
		List<Thread> clients = this.load.postSteadily(this.service.webhook(), PAUSE);
		this.load.awaitMore(ThreadLocalRandom.current().nextInt(1, MOST_BEFORE_A_KILL));
		this.service.kill();
		Load.stop(clients);
	}

	private void killWhileTheSpoolIsDrained(long stored) throws Exception {
		List<Thread> clients = this.load.postSteadily(this.service.webhook(), PAUSE);
		this.load.awaitMore(TO_DRAIN);
		this.service.server().startAgain();
		if (ThreadLocalRandom.current().nextBoolean()) {
			LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(LONGEST_WAIT.toNanos()));
		}
		else {
			Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(1)).until(() -> stored() > stored);
			LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(LONGEST_BATCH.toNanos()));
		}
		this.service.kill();
		Load.stop(clients);
	}

	private long stored() {
		return this.service.number("select count(*) from pulsehook_event");
	}

	private void assertRefusedWhileTheDiskIsFull() throws Exception {
		WebhookClient webhook = this.service.webhook();
		this.disk.fill();
		int next = 0;
		while (post(webhook, next++).statusCode() == 200) {
			assertThat(next).as("Posts until the disk is full").isLessThan(MOST_POSTS_UNTIL_FULL);
		}
		for (int i = 0; i < POSTS_WHILE_FULL; i++) {
			HttpResponse<String> response = post(webhook, next++);
			assertThat(response.statusCode()).as(response.body()).isEqualTo(503);
			assertThat(response.headers().firstValue("Retry-After")).isPresent();
		}
		assertThat(this.service.operator().status("/actuator/health/readiness")).isEqualTo(503);
		this.disk.free();
		int first = next;
		Awaitility.await().atMost(PATIENCE).until(() -> post(webhook, first).statusCode() == 200);
		assertThat(this.service.operator().status("/actuator/health/readiness")).isEqualTo(200);
	}

	private HttpResponse<String> post(WebhookClient webhook, int number) throws Exception {
		Posted event = new Posted("other", number);
		HttpResponse<String> response = webhook.post(event.json());
		if (response.statusCode() == 200) {
			this.others.add(event.title());
		}
		return response;
	}

}
