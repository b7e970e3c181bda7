package io.pulsehook.dispatch;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.AbstractCollection;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.pulsehook.dispatch.attempt.Attempts;
import io.pulsehook.event.EventReader;
import io.pulsehook.inbox.SettableClock;
import io.pulsehook.inbox.Storage;
import io.pulsehook.inbox.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

class DispatchLoopTests {

	@TempDir
	Path directory;

	@Test
	void goesOnWhateverAMessageThrows() throws Exception {
		try (Storage storage = TestDatabase.SQLITE.open(this.directory, new SettableClock())) {
			DispatchLoop loop = new DispatchLoop(
					List.of(), storage.deliveries(), new Attempts(new EventReader(), storage.deliveries(), List.of(),
							ObservationRegistry.NOOP, Long::toString),
					Instant::now, System::nanoTime, storage.threads());
			loop.start();
			for (RuntimeException thrown : List.of(new IllegalStateException(), new NullPointerException())) {
				loop.wake(message(() -> {
					throw thrown;
				}));
			}
			for (Error thrown : List.of(new OutOfMemoryError(), new StackOverflowError(), new NoClassDefFoundError())) {
				loop.wake(message(() -> {
					throw thrown;
				}));
			}
			CountDownLatch heard = new CountDownLatch(1);
			loop.wake(message(heard::countDown));
			assertThat(heard.await(10, TimeUnit.SECONDS)).isTrue();
			assertThat(storage.threads().lostVital()).isEmpty();
			loop.stop(Duration.ZERO);
		}
	}

	@Test
	void hearsAMessageOnceEvenIfItCannotTellThatItFailed() throws Exception {
		try (Storage storage = TestDatabase.SQLITE.open(this.directory, new SettableClock())) {
			DispatchLoop loop = new DispatchLoop(
					List.of(), storage.deliveries(), new Attempts(new EventReader(), storage.deliveries(), List.of(),
							ObservationRegistry.NOOP, Long::toString),
					Instant::now, System::nanoTime, storage.threads());
			AtomicInteger calls = new AtomicInteger();
			CountDownLatch heard = new CountDownLatch(1);
			loop.wake(message(() -> {
				calls.incrementAndGet();
				throw new Unspeakable();
			}));
			loop.wake(message(heard::countDown));
			loop.start();
			assertThat(heard.await(10, TimeUnit.SECONDS)).isTrue();
			assertThat(calls).hasValue(1);
			loop.stop(Duration.ZERO);
		}
	}

	// Returns handler names that run the action when the dispatcher's thread asks for
	// them.
	private static AbstractCollection<String> message(Runnable asked) {
		return new AbstractCollection<>() {

			@Override
			public Iterator<String> iterator() {
				asked.run();
				return List.<String>of().iterator();
			}

			@Override
			public int size() {
				return 0;
			}

		};
	}

	/** An exception that fails as soon as somebody logs it. */
	private static final class Unspeakable extends RuntimeException {

		@Override
		public StackTraceElement[] getStackTrace() {
			throw new IllegalStateException();
		}

	}

}
