package io.pulsehook.app.limits;

/**
 * The limits that follow from the size of the heap, in the service as it is configured by
 * default.
 *
 * @param bytes how large the heap may become
 */
public record HeapLimits(long bytes) {

	/** The measured size of a connection whose request is half sent, and some more. */
	private static final long CONNECTION = 48 * 1024;

	/** One host can hold 10,000 connections open with little effort. */
	private static final long MOST_CONNECTIONS = 12_000;

	private static final long LEAST_CONNECTIONS = 256;

	private static final long MOST_IDLE_PROCESSORS = 200;

	/** The memory that a request may take, its answer included. */
	private static final long REQUEST = 4 * 1024 * 1024;

	private static final long MOST_REQUESTS = 200;

	private static final long LEAST_REQUESTS = 8;

	/**
	 * Returns the heap of this process.
	 * @return the heap
	 */
	public static HeapLimits ofThisProcess() {
		return new HeapLimits(Runtime.getRuntime().maxMemory());
	}

	/**
	 * Returns how many connections may be open: half-sent requests on all of them take a
	 * quarter of the heap.
	 * @return the number of connections
	 */
	public long connections() {
		return Math.max(LEAST_CONNECTIONS, Math.min(MOST_CONNECTIONS, this.bytes / 4 / CONNECTION));
	}

	/**
	 * Returns how many of the container's objects for a request are kept for the next.
	 * @return the number of objects
	 */
	public long idleProcessors() {
		return Math.min(MOST_IDLE_PROCESSORS, connections() / 8);
	}

	/**
	 * Returns how many large bodies may be in progress at a time, which together take a
	 * sixteenth of the heap. A buffer that grows may be twice as large as what is in it.
	 * @param bytes how large one may be
	 * @return the number of bodies
	 */
	int largeBodies(int bytes) {
		return (int) Math.max(1, Math.min(MOST_REQUESTS, this.bytes / 16 / (2L * Math.max(1, bytes))));
	}

	int requests() {
		return (int) Math.max(LEAST_REQUESTS, Math.min(MOST_REQUESTS, this.bytes / REQUEST));
	}

}
