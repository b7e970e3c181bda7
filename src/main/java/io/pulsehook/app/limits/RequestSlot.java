package io.pulsehook.app.limits;

import java.time.Duration;
import java.util.concurrent.Semaphore;

import org.apache.catalina.connector.Request;

/**
 * The place that a request takes while it is in progress, until its answer has been
 * written.
 */
final class RequestSlot {

	/** The attribute of a request that holds its place. */
	static final String ATTRIBUTE = RequestSlot.class.getName();

	private final Request request;

	private final String connection;

	private volatile Semaphore places;

	private volatile long end;

	/**
	 * Creates the place of a request.
	 * @param request the request
	 * @param places the places of which one has been taken for it
	 * @param time how long it may be in progress
	 */
	RequestSlot(Request request, Semaphore places, Duration time) {
		this.request = request;
		this.connection = request.getServletConnection().getConnectionId();
		this.places = places;
		this.end = System.nanoTime() + time.toNanos();
	}

	/**
	 * Exchanges the place for one of another kind, if one is free.
	 * @param others the places of the other kind
	 * @param time how long the request may be in progress from now on
	 */
	void moveTo(Semaphore others, Duration time) {
		if (!others.tryAcquire()) {
			return;
		}
		this.places.release();
		this.places = others;
		this.end = System.nanoTime() + time.toNanos();
	}

	void free() {
		this.places.release();
	}

	/**
	 * Closes the connection if the request takes longer than it may.
	 */
	void endIfOverdue() {
		if (System.nanoTime() - this.end > 0
				&& this.request.getConnector().getProtocolHandler() instanceof EvictingProtocol protocol) {
			protocol.cut(this.connection);
		}
	}

}
