package io.pulsehook.threads;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class GuardedLoopTests {

	private final List<String> lost = new CopyOnWriteArrayList<>();

	private final AtomicInteger turns = new AtomicInteger();

	private GuardedLoop loop = GuardedLoop.of("none", (self) -> Duration.ZERO, new CoreThreads());

	@AfterEach
	void stop() {
		this.loop.stop();
	}

	static List<Throwable> anything() {
		return List.of(new IllegalStateException(), new OutOfMemoryError(), new StackOverflowError(),
				new NoClassDefFoundError(), new InterruptedException(), new Exception());
	}

	@ParameterizedTest
	@MethodSource("anything")
	void goesOnWhateverIsThrown(Throwable thrown) {
		CoreThreads threads = threads(Duration.ofMinutes(1));
		this.loop = GuardedLoop.vital("vital", (self) -> {
			if (this.turns.incrementAndGet() <= 3) {
				sneak(thrown);
			}
			return Duration.ofMillis(1);
		}, threads).start();
		Awaitility.await().until(() -> this.turns.get() > 5);
		assertThat(threads.lostVital()).isEmpty();
		assertThat(this.lost).isEmpty();
	}

	@Test
	void neitherSpinsNorFloodsTheLogWhenItFailsForEver(CapturedOutput output) {
		this.loop = GuardedLoop.vital("failing", (self) -> fail(), threads(Duration.ofMinutes(1))).start();
		Awaitility.await().until(() -> this.turns.get() >= 5);
		Awaitility.await().during(Duration.ofSeconds(1)).until(() -> this.turns.get() < 15);
		assertThat(output.toString().split("The thread 'failing' failed", -1)).hasSize(2);
		assertThat(output).doesNotContain("secret of a message");
	}

	@Test
	void isLostWhenItHasFailedForTooLongAndNotAnyMoreWhenItWorksAgain() {
		CoreThreads threads = threads(Duration.ofMillis(100));
		AtomicInteger failing = new AtomicInteger(1);
		this.loop = GuardedLoop.vital("vital", (self) -> (failing.get() == 1) ? fail() : Duration.ofMillis(1), threads)
			.start();
		Awaitility.await()
			.dontCatchUncaughtExceptions()
			.untilAsserted(() -> assertThat(this.lost).containsExactly("vital"));
		assertThat(threads.lostVital()).containsExactly("vital");
		failing.set(0);
		Awaitility.await().dontCatchUncaughtExceptions().untilAsserted(() -> assertThat(threads.lostVital()).isEmpty());
	}

	@Test
	void isLostWhenItsThreadIsStoppedByForce() {
		CoreThreads threads = threads(Duration.ofMinutes(1));
		this.loop = GuardedLoop.vital("vital", (self) -> {
			throw new ThreadDeath();
		}, threads).start();
		Awaitility.await()
			.dontCatchUncaughtExceptions()
			.untilAsserted(() -> assertThat(this.lost).containsExactly("vital"));
		assertThat(threads.lostVital()).containsExactly("vital");
		assertThat(threads.lostOthers()).isEmpty();
	}

	@Test
	void isNotTalkedOfAsLostWhenOthersCanDoWithoutIt() {
		CoreThreads threads = threads(Duration.ofMinutes(1));
		this.loop = GuardedLoop.of("other", (self) -> {
			throw new ThreadDeath();
		}, threads).start();
		Awaitility.await()
			.dontCatchUncaughtExceptions()
			.untilAsserted(() -> assertThat(threads.lostOthers()).containsExactly("other"));
		assertThat(this.lost).isEmpty();
		assertThat(threads.lostVital()).isEmpty();
	}

	@Test
	void endsAtOnceWhenItIsStoppedAndIsNotLostThen() throws Exception {
		CoreThreads threads = threads(Duration.ofMinutes(1));
		this.loop = GuardedLoop.vital("vital", (self) -> Duration.ofHours(1), threads).start(Duration.ofHours(1));
		this.loop.stop();
		assertThat(this.loop.awaitEnd(Duration.ofSeconds(10))).isTrue();
		assertThat(threads.lostVital()).isEmpty();
		assertThat(this.lost).isEmpty();
	}

	private CoreThreads threads(Duration patience) {
		CoreThreads threads = new CoreThreads(patience);
		threads.whenLost(this.lost::add);
		return threads;
	}

	private Duration fail() {
		this.turns.incrementAndGet();
		throw new IllegalStateException("secret of a message");
	}

	@SuppressWarnings("unchecked")
	private static <T extends Throwable> void sneak(Throwable thrown) throws T {
		throw (T) thrown;
	}

}
