package io.pulsehook.inbox.postgresql;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.pulsehook.inbox.ExampleEvents;
import io.pulsehook.inbox.PostgresqlServer;
import io.pulsehook.inbox.figures.Backlog.OfStatus;
import io.pulsehook.inbox.model.DueDelivery;
import io.pulsehook.inbox.model.Receipt;
import io.pulsehook.inbox.model.Subscription;
import io.pulsehook.inbox.replica.LeaseTimes;
import io.pulsehook.inbox.upkeep.Erased;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests several inboxes on one database, among them what the room of replicas does.
 */
@ExtendWith(OutputCaptureExtension.class)
class PostgresqlReplicaTests {

	private static final int KEYS = 24;

	private static final int EVENTS_OF_A_KEY = 25;

	private final List<Replica> replicas = new ArrayList<>();

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private String database;

	@BeforeEach
	void create() {
		this.database = PostgresqlServer.create();
	}

	@AfterEach
	void close() throws Exception {
		this.threads.shutdownNow();
		for (Replica replica : this.replicas) {
			replica.close();
		}
	}

	@Test
	void storeAnEventOnceThatArrivesTwentyTimesAtOnceAtTwoOfThem() throws Exception {
		Replica one = replica(Replica.TOLD).join("h");
		Replica other = replica(Replica.TOLD).join("h");
		for (int round = 0; round < 100; round++) {
			int number = round;
			List<Callable<Receipt>> posts = new ArrayList<>();
			for (int i = 0; i < 10; i++) {
				posts.add(() -> one.store("c", number));
				posts.add(() -> other.store("c", number));
			}
			int accepted = 0;
			int duplicates = 0;
			for (Future<Receipt> post : this.threads.invokeAll(posts)) {
				accepted += post.get().accepted();
				duplicates += post.get().duplicates();
			}
			assertThat(List.of(accepted, duplicates)).as("round %d", round).containsExactly(1, 19);
		}
		assertThat(number("select count(*) from pulsehook_event")).isEqualTo(100);
		assertThat(number("select sum(duplicates) from pulsehook_event")).isEqualTo(1900);
		assertThat(number("select count(*) from pulsehook_delivery")).isEqualTo(100);
		assertThat(number("select sum(events) from pulsehook_minute")).isEqualTo(2000);
		assertThat(claim(one, "h", 1)).extracting(DueDelivery::eventId)
			.containsExactly(number("select min(id) from pulsehook_event"));
	}

	@Test
	void deliverWhatAnyOfThemReceivesToAHandlerThatOneOfThemHasJustGot() {
		Replica old = replica(Replica.TOLD).join("a");
		Replica newer = replica(Replica.TOLD);
		for (int round = 0; round < 20; round++) {
			newer.join("a", "new" + round);
			newer.due().clear();
			old.store("c" + round, 1);
			assertThat(claim(newer, "new" + round, 10)).hasSize(1);
			String handler = "new" + round;
			await(() -> assertThat(newer.due()).contains("a", handler));
		}
		newer.storage().inbox().unsubscribe();
		old.store("last", 1);
		assertThat(number("select count(*) from pulsehook_delivery where handler like 'new%'")).isEqualTo(20);
	}

	@Test
	void knowHowManyOfThemHaveHandlers() {
		Replica one = replica(Replica.TOLD).join("h");
		assertThat(one.storage().subscribers().replicas()).isOne();
		Replica other = replica(Replica.TOLD).join("h");
		one.store("c", 1);
		assertThat(one.storage().subscribers().replicas()).isEqualTo(2);
		assertThat(other.storage().subscribers().replicas()).isEqualTo(2);
		other.storage().inbox().unsubscribe();
		one.store("c", 2);
		assertThat(one.storage().subscribers().replicas()).isOne();
	}

	@Test
	void storeWhatOneOfAVersionBeforeDoesNotKnowByItsFormerType() {
		Replica old = replica(Replica.TOLD);
		old.storage().inbox().subscribe(List.of(new Subscription("all", Set.of("FlowWebhook"), true)), (arrivals) -> {
		});
		Replica newer = replica(Replica.TOLD);
		newer.storage()
			.inbox()
			.subscribe(List.of(new Subscription("all", Set.of("FlowWebhook", "FailedDelivery"), true),
					new Subscription("flow", Set.of("FlowWebhook"), true),
					new Subscription("leaf", Set.of("FailedDelivery"), true)), (arrivals) -> {
					});
		newer.storage().inbox().store(List.of(ExampleEvents.failedDelivery("FailedDelivery", 1)));
		assertThat(number("select count(*) from pulsehook_event where type = 'FlowWebhook'")).isOne();
		assertThat(number("select count(distinct handler) from pulsehook_delivery where event_id = 1")).isEqualTo(3);
		assertThat(number("select count(*) from pulsehook_minute where type = 'FlowWebhook'")).isOne();
		old.storage().inbox().unsubscribe();
		newer.storage().inbox().store(List.of(ExampleEvents.failedDelivery("FailedDelivery", 2)));
		assertThat(number("select count(*) from pulsehook_event where type = 'FailedDelivery'")).isOne();
		assertThat(number("""
				select count(*) from pulsehook_delivery d join pulsehook_event e on e.id = d.event_id
				where e.type = 'FailedDelivery' and d.handler in ('all', 'leaf')""")).isEqualTo(2);
	}

	@Test
	void keepThePaymentThatIsFurtherWhileOneIsOfAVersionBefore() {
		Replica old = replica(Replica.TOLD);
		old.storage().inbox().subscribe(List.of(new Subscription("all", Set.of("PaymentOrder"), true)), (arrivals) -> {
		});
		Replica newer = replica(Replica.TOLD);
		newer.storage()
			.inbox()
			.subscribe(List.of(new Subscription("all", Set.of("PaymentOrder", "FailedDelivery"), true)), (arrivals) -> {
			});
		newer.storage().inbox().store(List.of(ExampleEvents.order("o", "2026-01-01T10:00:00Z", 200, 4)));
		newer.storage().inbox().store(List.of(ExampleEvents.order("o", "2026-01-01T10:00:00Z", 100, 1)));
		assertThat(number("select event_id from pulsehook_order where status_rank = 4")).isEqualTo(1);
		assertThat(newer.storage().deliveries().isSuperseded(1)).isFalse();
		assertThat(newer.storage().deliveries().isSuperseded(2)).isTrue();
	}

	@Test
	void tellOneThatHasHandlersAlsoWhenTheyHaveNone() {
		Replica receiver = replica(Replica.TOLD);
		Replica worker = replica(Replica.TOLD).join("h");
		await(() -> assertThat(worker.paused()).containsEntry("h", false));
		receiver.store("c", 1);
		await(() -> assertThat(worker.due()).containsExactly("h"));
	}

	@Test
	void neverClaimTheSame() throws Exception {
		List<Replica> all = List.of(replica(Replica.TOLD).join("h"), replica(Replica.TOLD).join("h"),
				replica(Replica.TOLD).join("h"));
		for (int batch = 0; batch < 3; batch++) {
			all.get(batch)
				.storage()
				.inbox()
				.store(IntStream.range(batch * 500, batch * 500 + 500)
					.mapToObj((number) -> ExampleEvents.openChat("c" + number, 1))
					.toList());
		}
		List<Future<List<Long>>> claims = new ArrayList<>();
		for (Replica replica : all) {
			claims.add(this.threads.submit(() -> claimAll(replica)));
		}
		List<Long> claimed = new ArrayList<>();
		for (Future<List<Long>> claim : claims) {
			claimed.addAll(claim.get(30, TimeUnit.SECONDS));
		}
		assertThat(claimed).hasSize(1500).doesNotHaveDuplicates();
	}

	// A claim skips rows that another claim locks for a moment, so this claims until none
	// is left.
	private List<Long> claimAll(Replica replica) {
		List<Long> claimed = new ArrayList<>();
		while (number("select count(*) from pulsehook_delivery where runner_id is null") > 0) {
			replica.claim("h", 7).forEach((delivery) -> claimed.add(delivery.eventId()));
		}
		return claimed;
	}

	@Test
	void keepTheOrderOfEachKeyWhateverFailsAndWhoeverComesAndGoes() throws Exception {
		List<Replica> all = List.of(replica(Replica.QUICK).join("h"), replica(Replica.QUICK).join("h"),
				replica(Replica.QUICK).join("h"));
		Course course = new Course();
		List<Future<?>> work = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			Replica replica = all.get(i);
			Random random = new Random(i);
			work.add(this.threads.submit(() -> course.receive(all, random)));
			work.add(this.threads.submit(() -> course.run(replica, random, this.threads)));
		}
		for (Future<?> each : work) {
			each.get(60, TimeUnit.SECONDS);
		}
		assertThat(course.violations).isEmpty();
		assertThat(course.ended).hasSize(KEYS);
		assertThat(course.ended.values()).allSatisfy((numbers) -> assertThat(numbers)
			.containsExactlyElementsOf(IntStream.range(0, EVENTS_OF_A_KEY).boxed().toList()));
		assertThat(number("select count(*) from pulsehook_delivery where finished_at is null")).isZero();
	}

	@Test
	void refuseTheOutcomeOfOneThatWasGivenUp(CapturedOutput output) {
		Replica frozen = replica(Replica.SILENT).join("h");
		frozen.store("c", 1, 2);
		DueDelivery lost = claim(frozen, "h", 1).get(0);
		Replica other = replica(new LeaseTimes(Duration.ofSeconds(20), Duration.ofMillis(200), Duration.ofMillis(100)))
			.join("h");
		DueDelivery taken = awaitClaim(other);
		assertThat(taken.eventId()).isEqualTo(lost.eventId());
		assertThat(other.due()).contains("h");
		assertThat(frozen.holds(lost)).isFalse();
		assertThat(frozen.succeed(lost)).isFalse();
		assertThat(frozen.storage().deliveries().giveBack(List.of(lost)).join()).isZero();
		assertThat(frozen.claim("h", 1)).isEmpty();
		assertThat(other.claim("h", 1)).isEmpty();
		assertThat(other.succeed(taken)).isTrue();
		assertThat(awaitClaim(other).eventId()).isEqualTo(2);
		assertThat(output).contains("1 of the replicas were not heard of").contains("The 1 deliveries");
	}

	@Test
	void countTheEndsOfOthersThatHadADeliveryAtHand() throws Exception {
		Replica other = replica(Replica.QUICK);
		for (int ends = 0; ends < 3; ends++) {
			Replica dying = replica(Replica.SILENT).join("h");
			if (ends == 0) {
				dying.store("c", 1);
			}
			int before = ends;
			assertThat(claim(dying, "h", 1)).extracting(DueDelivery::interruptions)
				.containsExactly((before > 1) ? before : 0);
			other.join("h");
			await(() -> assertThat(number("select coalesce(sum(times), 0) from pulsehook_interruption"))
				.isEqualTo(before + 1));
			// The next replica that dies takes the place of this one.
			other.storage().inbox().unsubscribe();
		}
		assertThat(awaitClaim(other.join("h")).interruptions()).isEqualTo(3);
	}

	@Test
	void doNotCountAnOrderlyEndOrOneThatWasOnlyNotHeardOf() throws Exception {
		Replica leaving = replica(Replica.SILENT).join("h");
		leaving.store("c", 1);
		claim(leaving, "h", 1);
		leaving.storage().close();
		Replica other = replica(Replica.QUICK).join("h");
		DueDelivery taken = awaitClaim(other);
		assertThat(taken.interruptions()).isZero();
		assertThat(other.succeed(taken)).isTrue();
		other.storage().inbox().unsubscribe();
		Replica frozen = replica(Replica.SILENT).join("h");
		frozen.store("d", 1);
		claim(frozen, "h", 1);
		other.join("h");
		await(() -> assertThat(number("select count(*) from pulsehook_interruption")).isEqualTo(1));
		frozen.join("h");
		assertThat(number("select count(*) from pulsehook_interruption")).isZero();
	}

	@Test
	void knowByThemselvesWhenTheirLeaseHasEnded() {
		Replica frozen = replica(Replica.SILENT).join("h");
		frozen.store("c", 1);
		DueDelivery delivery = claim(frozen, "h", 1).get(0);
		assertThat(frozen.holds(delivery)).isTrue();
		await(() -> assertThat(frozen.holds(delivery)).isFalse());
		frozen.store("d", 1);
		assertThat(frozen.claim("h", 1)).isEmpty();
	}

	@Test
	void holdWhatTheyHaveForAsLongAsTheyAreHeardOf() {
		Duration lease = Duration.ofSeconds(3);
		Replica one = replica(new LeaseTimes(lease, Duration.ofMillis(100), Duration.ofMillis(100))).join("h");
		Replica other = replica(Replica.QUICK).join("h");
		one.store("c", 1);
		DueDelivery delivery = claim(one, "h", 1).get(0);
		Awaitility.await()
			.during(lease.plusSeconds(1))
			.atMost(Duration.ofSeconds(20))
			.until(() -> one.holds(delivery) && other.claim("h", 1).isEmpty());
		assertThat(one.succeed(delivery)).isTrue();
	}

	@Test
	void beginAnewAfterTheyWereGivenUp(CapturedOutput output) {
		Replica slow = replica(new LeaseTimes(Duration.ofMillis(300), Duration.ofMillis(1500), Duration.ofMillis(100)))
			.join("h");
		slow.store("c", 1);
		DueDelivery lost = claim(slow, "h", 1).get(0);
		replica(Replica.QUICK).join("other");
		// The next lease is as short, so that what was claimed in it may be lost again.
		await(() -> assertThat(slow.claim("h", 1)).singleElement().satisfies((again) -> {
			assertThat(again.eventId()).isEqualTo(lost.eventId());
			assertThat(again.runner()).isGreaterThan(lost.runner());
			assertThat(slow.succeed(lost)).isFalse();
			assertThat(slow.succeed(again)).isTrue();
		}));
		assertThat(output).contains("This replica was not heard of");
	}

	@Test
	void joinAnewAfterTheyWereGivenUp() throws SQLException {
		Replica frozen = replica(Replica.TOLD).join("h");
		await(() -> assertThat(frozen.paused()).containsEntry("h", false));
		execute("update pulsehook_runner set lease_until = now() - interval '1 hour'");
		replica(Replica.QUICK).join("other");
		await(() -> assertThat(number("select count(*) from pulsehook_runner")).isEqualTo(1));
		frozen.store("c", 1);
		assertThat(frozen.storage().backlog().counts()).extracting(OfStatus::handler).containsExactly("other");
		frozen.join("h");
		frozen.store("c", 2);
		assertThat(claim(frozen, "h", 1)).hasSize(1);
	}

	@Test
	void letOthersHaveWhatTheyDidNotRunAsSoonAsTheyLeave() {
		Replica leaving = replica(Replica.TOLD).join("h");
		Replica other = replica(Replica.TOLD).join("h");
		leaving.store("c", 1);
		DueDelivery delivery = claim(leaving, "h", 1).get(0);
		assertThat(other.claim("h", 1)).isEmpty();
		other.due().clear();
		leaving.storage().inbox().unsubscribe();
		assertThat(claim(other, "h", 1)).extracting(DueDelivery::eventId).containsExactly(delivery.eventId());
		await(() -> assertThat(other.due()).contains("h"));
		assertThat(leaving.holds(delivery)).isFalse();
		assertThat(leaving.succeed(delivery)).isFalse();
	}

	@Test
	void stayAwayWhenTheyHaveLeft() {
		Replica one = replica(new LeaseTimes(Duration.ofSeconds(2), Duration.ofMillis(1), Duration.ofMillis(1)));
		for (int round = 0; round < 50; round++) {
			one.join("h");
			one.storage().inbox().unsubscribe();
			assertThat(number("select count(*) from pulsehook_runner")).isZero();
		}
		one.store("c", 1);
		assertThat(number("select count(*) from pulsehook_delivery")).isZero();
	}

	@Test
	void keepWhatTheyHaveAtHandWhenTheyJoinAgain() {
		Replica one = replica(Replica.TOLD).join("h");
		one.store("c", 1);
		DueDelivery delivery = claim(one, "h", 1).get(0);
		one.join("h", "other");
		assertThat(one.holds(delivery)).isTrue();
		assertThat(one.claim("h", 1)).isEmpty();
		assertThat(one.succeed(delivery)).isTrue();
		assertThat(number("select count(*) from pulsehook_runner")).isEqualTo(1);
		one.store("c", 2);
		assertThat(number("select count(*) from pulsehook_delivery")).isEqualTo(3);
	}

	@Test
	void pauseAndResumeAHandlerForAll() {
		Replica one = replica(Replica.TOLD).join("h");
		Replica other = replica(Replica.TOLD).join("h");
		await(() -> assertThat(other.paused()).containsEntry("h", false));
		one.storage().subscribers().setPaused("h", true);
		one.store("c", 1);
		assertThat(other.claim("h", 1)).isEmpty();
		await(() -> assertThat(other.paused()).containsEntry("h", true));
		one.storage().subscribers().setPaused("h", false);
		await(() -> assertThat(other.paused()).containsEntry("h", false));
		assertThat(claim(other, "h", 1)).hasSize(1);
	}

	@Test
	void lookForThemselvesWhenNothingWasAnnounced() throws SQLException {
		Replica one = replica(Replica.QUICK).join("h");
		one.store("c", 1, 2);
		one.succeed(claim(one, "h", 1).get(0));
		one.succeed(claim(one, "h", 1).get(0));
		await(() -> assertThat(one.paused()).containsEntry("h", false));
		execute("update pulsehook_handler set paused = 1");
		await(() -> assertThat(one.paused()).containsEntry("h", true));
		execute("update pulsehook_handler set paused = 0");
		await(() -> assertThat(one.paused()).containsEntry("h", false));
		one.due().clear();
		execute("update pulsehook_delivery set status = 'pending', finished_at = null, due_at = 0 where event_id = 1");
		await(() -> assertThat(one.due()).containsExactly("h"));
	}

	@Test
	void hearAgainAfterTheirConnectionWasCut(CapturedOutput output) throws SQLException {
		Replica one = replica(Replica.QUICK).join("h");
		await(() -> assertThat(one.paused()).containsEntry("h", false));
		execute("""
				select pg_terminate_backend(pid) from pg_stat_activity
				where datname = current_database() and pid <> pg_backend_pid()""");
		await(() -> assertThat(output).contains("The lease of this replica is renewed again."));
		one.store("c", 1);
		await(() -> assertThat(one.due()).contains("h"));
		assertThat(claim(one, "h", 1)).hasSize(1);
	}

	@Test
	void forgetAnErasedPersonAtOnce() {
		Replica one = replica(Replica.TOLD).join("h");
		Replica other = replica(Replica.TOLD).join("h");
		await(() -> assertThat(other.paused()).containsEntry("h", false));
		one.store("person", 1);
		DueDelivery waiting = claim(other, "h", 1).get(0);
		assertThat(one.storage().erasure().erase("person", (body) -> null)).isEqualTo(new Erased(1, 1, 0, 0));
		await(() -> assertThat(other.erasures()).isPositive());
		assertThat(other.storage().deliveries().giveBack(List.of(waiting)).join()).isZero();
		assertThat(other.fail(waiting, Instant.now())).isFalse();
		assertThat(number("select count(*) from pulsehook_attempt")).isZero();
		assertThat(other.claim("h", 1)).isEmpty();
	}

	private Replica replica(LeaseTimes times) {
		Replica replica = new Replica(this.database, times);
		this.replicas.add(replica);
		return replica;
	}

	// What another replica had claimed comes only when it is taken over.
	private static List<DueDelivery> claim(Replica replica, String handler, int limit) {
		List<DueDelivery> claimed = new ArrayList<>();
		await(() -> {
			claimed.addAll(replica.claim(handler, limit));
			assertThat(claimed).isNotEmpty();
		});
		return claimed;
	}

	private static DueDelivery awaitClaim(Replica replica) {
		return claim(replica, "h", 1).get(0);
	}

	private long number(String query) {
		return PostgresqlServer.number(this.database, query);
	}

	private void execute(String sql) throws SQLException {
		PostgresqlServer.execute(this.database, sql);
	}

	private static void await(ThrowingRunnable assertion) {
		Awaitility.await().atMost(Duration.ofSeconds(15)).pollInterval(Duration.ofMillis(10)).untilAsserted(assertion);
	}

	/**
	 * Sends events of many keys through several replicas and records what happens to
	 * them.
	 */
	private static final class Course {

		private final Map<String, AtomicInteger> running = new ConcurrentHashMap<>();

		private final Map<String, List<Integer>> ended = new ConcurrentHashMap<>();

		private final Set<String> violations = ConcurrentHashMap.newKeySet();

		private final AtomicInteger left = new AtomicInteger(KEYS * EVENTS_OF_A_KEY);

		private final AtomicInteger receivers = new AtomicInteger();

		// Stores the events of a third of the keys, each after the former one was
		// acknowledged.
		void receive(List<Replica> all, Random random) {
			int third = this.receivers.getAndIncrement();
			for (int number = 0; number < EVENTS_OF_A_KEY; number++) {
				for (int key = third; key < KEYS; key += all.size()) {
					all.get(random.nextInt(all.size())).store("key" + key, number);
				}
			}
		}

		// Claims on one thread and runs the deliveries on others, as a dispatcher does.
		void run(Replica replica, Random random, ExecutorService threads) {
			while (this.left.get() > 0 && this.violations.isEmpty()) {
				Map<DueDelivery, Integer> fates = new ConcurrentHashMap<>();
				replica.claim("h", 1 + random.nextInt(5))
					.forEach((delivery) -> fates.put(delivery, random.nextInt(100)));
				ConcurrentLinkedQueue<Future<?>> runs = new ConcurrentLinkedQueue<>();
				fates.forEach((delivery, fate) -> runs.add(threads.submit(() -> run(replica, delivery, fate))));
				runs.forEach(Course::join);
				if (random.nextInt(40) == 0) {
					replica.storage().inbox().unsubscribe();
					replica.join("h");
				}
			}
		}

		private static void join(Future<?> run) {
			try {
				run.get(30, TimeUnit.SECONDS);
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		}

		private void run(Replica replica, DueDelivery delivery, int fate) {
			if (fate < 10) {
				replica.storage().deliveries().giveBack(List.of(delivery)).join();
				return;
			}
			String body = new String(delivery.body(), StandardCharsets.UTF_8);
			String key = body.replaceAll(".*\"contact\":\\{\"id\":\"(\\w+)\".*", "$1");
			int number = Integer.parseInt(body.replaceAll(".*\"name\":\"(\\d+)\".*", "$1"));
			AtomicInteger beside = this.running.computeIfAbsent(key, (absent) -> new AtomicInteger());
			if (beside.incrementAndGet() > 1) {
				this.violations.add("two of " + key + " at once");
			}
			List<Integer> before = this.ended.computeIfAbsent(key, (absent) -> new ArrayList<>());
			if (before.size() != number) {
				this.violations.add(number + " of " + key + " after " + before);
			}
			boolean over = fate >= 40;
			if (over) {
				before.add(number);
			}
			Thread.yield();
			beside.decrementAndGet();
			if (!end(replica, delivery, fate)) {
				this.violations.add("the outcome of " + number + " of " + key + " was refused");
			}
			if (over) {
				this.left.decrementAndGet();
			}
		}

		private static boolean end(Replica replica, DueDelivery delivery, int fate) {
			if (fate < 40) {
				return replica.fail(delivery, replica.storage().clock().instant());
			}
			return (fate < 50) ? replica.fail(delivery, null) : replica.succeed(delivery);
		}

	}

}
