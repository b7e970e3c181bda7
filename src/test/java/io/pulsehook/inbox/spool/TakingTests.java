package io.pulsehook.inbox.spool;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that nobody puts anything into the spool while webhooks are let into the inbox
 * again.
 */
class TakingTests {

	private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

	private final List<String> begun = new ArrayList<>();

	private final Taking taking = new Taking(Duration.ofSeconds(30), () -> this.begun.add("begun"));

	@Test
	void tellsOnceWhenItBegins() {
		this.taking.begin(NOW, () -> {
		});
		this.taking.begin(NOW.plusSeconds(1), () -> {
		});
		assertThat(this.begun).hasSize(1);
		assertThat(this.taking.since()).isEqualTo(NOW);
	}

	@Test
	void doesNotEndWhileSomethingIsLeft() {
		this.taking.begin(NOW, () -> {
		});
		assertThat(this.taking.end(Duration.ofSeconds(1), () -> false)).isFalse();
		assertThat(this.taking.since()).isNotNull();
		assertThat(this.taking.end(Duration.ofSeconds(1), () -> true)).isTrue();
		assertThat(this.taking.since()).isNull();
	}

	@Test
	void whoeverWaitsForTheEndGoesIntoTheInbox() throws Exception {
		this.taking.begin(NOW, () -> {
		});
		CompletableFuture<Boolean> put = new CompletableFuture<>();
		Thread waiting = new Thread(() -> put.complete(this.taking.goOn(() -> {
		})));
		this.taking.end(Duration.ofSeconds(1), () -> {
			waiting.start();
			Awaitility.await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
			return true;
		});
		assertThat(put.get()).isFalse();
	}

	@Test
	void waitsForWhoeverPutsSomethingButNotForEver() throws Exception {
		CountDownLatch held = new CountDownLatch(1);
		CountDownLatch putting = new CountDownLatch(1);
		CompletableFuture<Void> put = CompletableFuture.runAsync(() -> this.taking.begin(NOW, () -> {
			putting.countDown();
			await(held);
		}));
		putting.await();
		assertThat(this.taking.end(Duration.ofMillis(1), () -> true)).isFalse();
		held.countDown();
		put.get();
		assertThat(this.taking.end(Duration.ofSeconds(10), () -> true)).isTrue();
	}

	@Test
	void whoeverHasWaitedTooLongKeepsItFromEnding() {
		Taking impatient = new Taking(Duration.ofMillis(1), () -> {
		});
		impatient.begin(NOW, () -> {
		});
		List<Boolean> put = new ArrayList<>();
		boolean ended = impatient.end(Duration.ofSeconds(10),
				() -> put.add(CompletableFuture.supplyAsync(() -> impatient.goOn(() -> {
				})).join()));
		assertThat(put).containsExactly(true);
		assertThat(ended).isFalse();
		assertThat(impatient.since()).isEqualTo(NOW);
	}

	@Test
	void doesNotEndWhenTheInboxRefusesSomethingMeanwhile() {
		this.taking.begin(NOW, () -> {
		});
		assertThat(this.taking.end(Duration.ofSeconds(10), () -> {
			CompletableFuture.runAsync(() -> this.taking.begin(NOW, () -> {
			})).join();
			return true;
		})).isFalse();
		assertThat(this.taking.end(Duration.ofSeconds(10), () -> true)).isTrue();
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
