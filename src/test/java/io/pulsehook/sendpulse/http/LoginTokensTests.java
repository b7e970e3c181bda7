package io.pulsehook.sendpulse.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link LoginTokens}.
 */
class LoginTokensTests {

	private static final int THREADS = 16;

	private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 5);

	private final AtomicInteger logins = new AtomicInteger();

	private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

	private Duration lifetime = Duration.ofHours(1);

	private final LoginTokens tokens = new LoginTokens(this::login, this.nanoTime::get);

	@AfterEach
	void stop() {
		this.threads.shutdownNow();
	}

	@Test
	void oneLoginServesUntilAMinuteBeforeItsEnd() {
		assertThat(this.tokens.current()).isEqualTo("token-1");
		advance(Duration.ofMinutes(59).minusNanos(1));
		assertThat(this.tokens.current()).isEqualTo("token-1");
		advance(Duration.ofNanos(1));
		assertThat(this.tokens.current()).isEqualTo("token-2");
	}

	@Test
	void aTokenOfAMinuteServesForHalfOfIt() {
		this.lifetime = Duration.ofMinutes(1);
		assertThat(this.tokens.current()).isEqualTo("token-1");
		advance(Duration.ofSeconds(30).minusNanos(1));
		assertThat(this.tokens.current()).isEqualTo("token-1");
		advance(Duration.ofNanos(1));
		assertThat(this.tokens.current()).isEqualTo("token-2");
	}

	@Test
	void oneLoginServesAllThreadsThatWantATokenAtOnce() throws Exception {
		assertThat(all(this.tokens::current)).hasSize(THREADS).containsOnly("token-1");
		assertThat(this.logins).hasValue(1);
	}

	@Test
	void oneLoginServesAllThreadsWhoseTokenWasRefused() throws Exception {
		String refused = this.tokens.current();
		assertThat(all(() -> this.tokens.insteadOf(refused))).hasSize(THREADS).containsOnly("token-2");
		assertThat(this.tokens.insteadOf(refused)).isEqualTo("token-2");
		assertThat(this.logins).hasValue(2);
	}

	@Test
	void aFailedLoginFailsAllThatWaitForItAndIsMadeAgainForTheNext() throws Exception {
		CountDownLatch begun = new CountDownLatch(1);
		CountDownLatch end = new CountDownLatch(1);
		LoginTokens failing = new LoginTokens(() -> {
			begun.countDown();
			awaitQuietly(end);
			if (this.logins.incrementAndGet() == 1) {
				throw new IllegalStateException("refused");
			}
			return new AccessToken("second", this.lifetime);
		}, this.nanoTime::get);
		Future<String> first = this.threads.submit(failing::current);
		begun.await();
		Thread[] waiting = new Thread[1];
		Future<String> other = this.threads.submit(() -> {
			waiting[0] = Thread.currentThread();
			return failing.current();
		});
		Awaitility.await().until(() -> waiting[0] != null && waiting[0].getState() == Thread.State.WAITING);
		end.countDown();
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(first::get)
			.withCauseInstanceOf(IllegalStateException.class);
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(other::get)
			.withCauseInstanceOf(IllegalStateException.class);
		assertThat(failing.current()).isEqualTo("second");
	}

	@Test
	void whoWaitsForALoginThatWasInterruptedLogsInInstead() throws Exception {
		CountDownLatch begun = new CountDownLatch(1);
		LoginTokens interrupted = new LoginTokens(() -> {
			if (this.logins.get() == 0) {
				begun.countDown();
				this.logins.incrementAndGet();
				awaitInterruption();
			}
			return login();
		}, this.nanoTime::get);
		Thread[] callers = new Thread[2];
		Future<String> first = this.threads.submit(() -> {
			callers[0] = Thread.currentThread();
			return interrupted.current();
		});
		begun.await();
		Future<String> other = this.threads.submit(() -> {
			callers[1] = Thread.currentThread();
			return interrupted.current();
		});
		Awaitility.await().until(() -> callers[1] != null && callers[1].getState() == Thread.State.WAITING);
		callers[0].interrupt();
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(first::get)
			.withCauseInstanceOf(CancellationException.class);
		assertThat(other.get()).isEqualTo("token-2");
	}

	private static void awaitInterruption() {
		try {
			new CountDownLatch(1).await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new CancellationException("interrupted");
		}
	}

	@Test
	void anErrorOfTheLoginIsToldToo() {
		LoginTokens broken = new LoginTokens(() -> {
			throw new AssertionError("broken");
		}, this.nanoTime::get);
		assertThatExceptionOfType(AssertionError.class).isThrownBy(broken::current).withMessage("broken");
	}

	@Test
	void whoIsInterruptedWhileWaitingStops() throws Exception {
		CountDownLatch begun = new CountDownLatch(1);
		CountDownLatch end = new CountDownLatch(1);
		LoginTokens slow = new LoginTokens(() -> {
			begun.countDown();
			awaitQuietly(end);
			return login();
		}, this.nanoTime::get);
		Future<String> first = this.threads.submit(slow::current);
		begun.await();
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(CancellationException.class).isThrownBy(slow::current);
		assertThat(Thread.interrupted()).isTrue();
		end.countDown();
		assertThat(first.get()).isEqualTo("token-1");
	}

	@Test
	void anApiKeyStaysTheSameAndHasNoOther() {
		ApiKey key = new ApiKey("sp_apikey_1");
		assertThat(key.current()).isEqualTo("sp_apikey_1");
		assertThat(key.insteadOf("sp_apikey_1")).isNull();
		assertThat(key).hasToString("ApiKey[]");
	}

	@Test
	void theTextOfATokenDoesNotNameIt() {
		assertThat(login()).asString().doesNotContain("token-1");
	}

	private AccessToken login() {
		return new AccessToken("token-" + this.logins.incrementAndGet(), this.lifetime);
	}

	private void advance(Duration time) {
		this.nanoTime.addAndGet(time.toNanos());
	}

	private List<String> all(Supplier<String> wanted) throws Exception {
		CountDownLatch start = new CountDownLatch(THREADS);
		List<Future<String>> futures = new ArrayList<>();
		for (int i = 0; i < THREADS; i++) {
			futures.add(this.threads.submit(() -> {
				start.countDown();
				start.await();
				return wanted.get();
			}));
		}
		List<String> results = new ArrayList<>();
		for (Future<String> future : futures) {
			results.add(future.get());
		}
		return results;
	}

	private static void awaitQuietly(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
