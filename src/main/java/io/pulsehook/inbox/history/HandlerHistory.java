package io.pulsehook.inbox.history;

import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

import io.pulsehook.threads.BackgroundValue;
import io.pulsehook.threads.BackgroundValue.Known;

/**
 * Tells how the deliveries of handlers went over time. It reads all deliveries of a
 * period, on threads of its own and only while somebody asks: no index on deliveries and
 * no counter has to be kept for it, which the intake of events would pay for.
 */
public final class HandlerHistory implements AutoCloseable {

	private static final int THREADS = 2;

	private final JdbcClient jdbc;

	private final InstantSource clock;

	private final ExecutorService threads;

	private final Map<Window, BackgroundValue<History>> known = new ConcurrentHashMap<>();

	/**
	 * Creates it.
	 * @param jdbc reads the database
	 * @param clock tells until when a period lasts
	 */
	public HandlerHistory(JdbcClient jdbc, InstantSource clock) {
		this.jdbc = jdbc;
		this.clock = clock;
		CustomizableThreadFactory factory = new CustomizableThreadFactory("pulsehook-history-");
		factory.setDaemon(true);
		this.threads = Executors.newFixedThreadPool(THREADS, factory);
	}

	/**
	 * Tells how the deliveries of the events went that were received until now.
	 * @param window the period, one of a few that are asked for again and again, since
	 * what is known of each is kept
	 * @return what is known, or {@code null} while it is being read and nobody has asked
	 * for long
	 */
	public @Nullable Known<History> of(Window window) {
		return this.known
			.computeIfAbsent(window,
					(asked) -> new BackgroundValue<>(
							() -> new HistoryRead(this.jdbc, asked, this.clock.instant()).read(), this.threads,
							this.clock))
			.get();
	}

	/** Ends the reads that are under way. */
	@Override
	public void close() {
		this.threads.shutdownNow();
	}

}
