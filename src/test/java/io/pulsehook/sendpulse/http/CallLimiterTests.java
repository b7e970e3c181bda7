package io.pulsehook.sendpulse.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.pulsehook.PutOffException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link CallLimiter}.
 */
class CallLimiterTests {

	private final AtomicLong nanoTime = new AtomicLong();

	private final AtomicInteger replicas = new AtomicInteger(1);

	private final CallLimiter limiter = new CallLimiter(this.replicas::get, this.nanoTime::get);

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final AtomicInteger waiting = new AtomicInteger();

	@AfterEach
	void stop() {
		this.threads.shutdownNow();
	}

	@Test
	void whoWaitsLongerThanFiveSecondsIsPutOff() {
		begin(10);
		Future<?> late = callInBackground();
		this.nanoTime.addAndGet(Duration.ofSeconds(5).toNanos());
		this.limiter.end();
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> late.get(5, TimeUnit.SECONDS))
			.havingCause()
			.isInstanceOfSatisfying(PutOffException.class,
					(ex) -> assertThat(ex.getPause()).isEqualTo(Duration.ofSeconds(5)));
	}

	@Test
	void whoFindsFiveSecondsOfCallsWaitingIsPutOffAtOnce() {
		begin(10);
		List<Future<?>> waiting = new ArrayList<>();
		for (int i = 0; i < 50; i++) {
			waiting.add(callInBackground());
		}
		assertThatExceptionOfType(PutOffException.class).isThrownBy(this.limiter::begin);
		assertThat(waiting).noneMatch(Future::isDone);
	}

	@Test
	void oneOfTwoReplicasTakesHalfOfTheCalls() {
		begin(5);
		this.replicas.set(2);
		assertThat(callInBackground()).isNotDone();
	}

	@Test
	void callsBeginInTheOrderInWhichTheyWereWanted() {
		begin(10);
		Future<?> first = callInBackground();
		Future<?> second = callInBackground();
		this.limiter.end();
		this.nanoTime.addAndGet(Duration.ofSeconds(1).toNanos());
		Awaitility.await().until(first::isDone);
		assertThat(second).isNotDone();
	}

	@Test
	void whoIsInterruptedMakesNoCallAndLetsTheNextGoOn() {
		begin(10);
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(CancellationException.class).isThrownBy(this.limiter::begin);
		assertThat(Thread.interrupted()).isTrue();
		Future<?> next = callInBackground();
		this.limiter.end();
		this.nanoTime.addAndGet(Duration.ofSeconds(1).toNanos());
		Awaitility.await().until(next::isDone);
	}

	@Test
	void theBackgroundTakesHalfOfTheCalls() {
		beginInBackground(5);
		assertThat(callInBackground(this.limiter::beginInBackground)).isNotDone();
		begin(5);
	}

	@Test
	void theBackgroundTakesHalfOfAReplicasShare() {
		this.replicas.set(2);
		beginInBackground(2);
		Future<?> third = callInBackground(this.limiter::beginInBackground);
		assertThat(third).isNotDone();
		this.limiter.endInBackground();
		pass(Duration.ofSeconds(1));
		Awaitility.await().until(third::isDone);
	}

	@Test
	void theBackgroundGoesOnSlowlyBesideAsManyReplicasAsThereAreCalls() {
		this.replicas.set(10);
		beginInBackground(1);
		this.limiter.endInBackground();
		Future<?> second = callInBackground(this.limiter::beginInBackground);
		pass(Duration.ofSeconds(1));
		begin(1);
		this.limiter.end();
		assertThat(second).isNotDone();
		pass(Duration.ofSeconds(1));
		Awaitility.await().until(second::isDone);
	}

	@Test
	void aHandlerGoesFirst() {
		begin(10);
		Future<?> later = callInBackground(this.limiter::beginInBackground);
		Future<?> handler = callInBackground(this.limiter::begin);
		this.limiter.end();
		pass(Duration.ofSeconds(1));
		Awaitility.await().until(handler::isDone);
		assertThat(later).isNotDone();
		this.limiter.end();
		pass(Duration.ofSeconds(1));
		Awaitility.await().until(later::isDone);
	}

	@Test
	void theBackgroundIsNeverPutOff() {
		begin(10);
		Future<?> later = callInBackground(this.limiter::beginInBackground);
		pass(Duration.ofMinutes(5));
		assertThat(later).isNotDone();
		this.limiter.end();
		pass(Duration.ofSeconds(1));
		Awaitility.await().until(later::isDone);
	}

	@Test
	void theBackgroundDoesNotCountAmongTheCallsThatHandlersWaitFor() {
		begin(10);
		for (int i = 0; i < 50; i++) {
			callInBackground(this.limiter::beginInBackground);
		}
		assertThat(callInBackground()).isNotDone();
	}

	@Test
	void theBackgroundCanBeInterruptedAndLetsTheNextGoOn() {
		beginInBackground(5);
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(CancellationException.class).isThrownBy(this.limiter::beginInBackground);
		assertThat(Thread.interrupted()).isTrue();
		Future<?> next = callInBackground(this.limiter::beginInBackground);
		this.limiter.endInBackground();
		pass(Duration.ofSeconds(1));
		Awaitility.await().until(next::isDone);
	}

	private void pass(Duration time) {
		this.nanoTime.addAndGet(time.toNanos());
		// Who waits looks at the time again when anything changes.
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(CancellationException.class).isThrownBy(this.limiter::beginInBackground);
		assertThat(Thread.interrupted()).isTrue();
	}

	private void beginInBackground(int calls) {
		for (int i = 0; i < calls; i++) {
			this.limiter.beginInBackground();
		}
	}

	private void begin(int calls) {
		for (int i = 0; i < calls; i++) {
			this.limiter.begin();
		}
	}

	private Future<?> callInBackground() {
		return callInBackground(this.limiter::begin);
	}

	// Returns once the call waits.
	private Future<?> callInBackground(Runnable begin) {
		int before = this.waiting.get();
		Thread[] caller = new Thread[1];
		Future<?> call = this.threads.submit(() -> {
			caller[0] = Thread.currentThread();
			this.waiting.incrementAndGet();
			begin.run();
		});
		Awaitility.await()
			.pollInterval(Duration.ofMillis(1))
			.until(() -> this.waiting.get() > before && isWaiting(caller[0]));
		return call;
	}

	private static boolean isWaiting(Thread thread) {
		return thread.getState() == Thread.State.TIMED_WAITING || thread.getState() == Thread.State.WAITING;
	}

}
