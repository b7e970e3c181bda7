package io.pulsehook.dispatch.lane;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.pulsehook.dispatch.attempt.Attempts;
import io.pulsehook.event.EventReader;
import io.pulsehook.inbox.SettableClock;
import io.pulsehook.inbox.Storage;
import io.pulsehook.inbox.TestDatabase;
import io.pulsehook.inbox.model.ClaimRequest;
import io.pulsehook.inbox.model.Due;
import io.pulsehook.inbox.model.Rate;
import io.pulsehook.inbox.model.Traffic;

import static org.assertj.core.api.Assertions.assertThat;

class ThrottleTests {

	@TempDir
	Path directory;

	private final SettableClock clock = new SettableClock();

	private final AtomicLong nanos = new AtomicLong();

	private final BlockingQueue<Runnable> dispatcher = new LinkedBlockingQueue<>();

	private Storage storage;

	@BeforeEach
	void open() {
		this.storage = TestDatabase.SQLITE.open(this.directory, this.clock);
	}

	@AfterEach
	void close() throws Exception {
		this.storage.close();
	}

	@Test
	void asksForNothingUntilTheNextMayBegin() {
		Throttle throttle = throttle(Rate.of("1/m"));
		assertThat(throttle.isOpen()).isTrue();
		assertThat(claim(throttle).pause()).isEqualTo(Duration.ofMinutes(1));
		assertThat(throttle.isOpen()).isFalse();
		assertThat(claim(throttle).more()).isTrue();
		this.nanos.addAndGet(TimeUnit.MINUTES.toNanos(1) - 1);
		assertThat(throttle.isOpen()).isFalse();
		this.nanos.incrementAndGet();
		assertThat(throttle.isOpen()).isTrue();
	}

	@Test
	void wakesTheDispatcherWhenTheNextMayBegin() throws InterruptedException {
		assertThat(claim(throttle(Rate.of("20/s"))).pause()).isLessThan(Duration.ofMillis(200));
		assertThat(this.dispatcher.poll(10, TimeUnit.SECONDS)).isNotNull();
	}

	@Test
	void looksAgainWhenTheClockWasSet() {
		Throttle throttle = throttle(Rate.of("1/m"));
		claim(throttle);
		this.clock.advance(Duration.ofHours(-1));
		assertThat(throttle.isOpen()).isTrue();
		claim(throttle);
		assertThat(throttle.isOpen()).isFalse();
		this.clock.advance(Duration.ofMinutes(1));
		assertThat(throttle.isOpen()).isTrue();
	}

	@Test
	void letsAHandlerWithoutARateAlwaysClaim() {
		Throttle throttle = throttle(null);
		assertThat(claim(throttle).pause()).isZero();
		assertThat(throttle.isOpen()).isTrue();
		assertThat(this.dispatcher).isEmpty();
	}

	private Due claim(Throttle throttle) {
		return throttle.claim(new ClaimRequest("h", Traffic.LIVE, this.clock.instant(), 1));
	}

	private Throttle throttle(@Nullable Rate rate) {
		Attempts attempts = new Attempts(new EventReader(), this.storage.deliveries(), List.of(),
				ObservationRegistry.NOOP, (event) -> "");
		LaneContext context = new LaneContext(this.storage.deliveries(), attempts, new Suspects(this.nanos::get),
				this.dispatcher::add, this.clock, this.nanos::get);
		return new Throttle(rate, context, new InFlight());
	}

}
