package io.pulsehook.inbox.query;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Runs the longer queries of operators on platform threads. On a virtual thread a query
 * would block its carrier, and with it requests that bring events.
 */
public final class QueryExecutor implements AutoCloseable {

	private static final int THREADS = 4;

	private final ExecutorService threads;

	public QueryExecutor() {
		CustomizableThreadFactory factory = new CustomizableThreadFactory("pulsehook-reader-");
		factory.setDaemon(true);
		this.threads = Executors.newFixedThreadPool(THREADS, factory);
	}

	/**
	 * Runs a query and waits for its result.
	 * @param query the query
	 * @param <T> the type of the result
	 * @return the result
	 * @throws RuntimeException if the query throws it
	 */
	public <T> T read(Supplier<T> query) {
		try {
			return CompletableFuture.supplyAsync(query, this.threads).join();
		}
		catch (CompletionException ex) {
			throw (ex.getCause() instanceof RuntimeException cause) ? cause : ex;
		}
	}

	/** Interrupts the queries that still run. */
	@Override
	public void close() {
		this.threads.shutdownNow();
	}

}
