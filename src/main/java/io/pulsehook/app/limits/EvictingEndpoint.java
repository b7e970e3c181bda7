package io.pulsehook.app.limits;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apache.coyote.Processor;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * Accepts connections up to the configured limit. Shortly before the limit is reached, it
 * closes the connections that have waited longest for a request or for the rest of its
 * head. Otherwise a stranger who opens connections and sends nothing, or a byte now and
 * then, would keep everybody else out.
 */
final class EvictingEndpoint extends NioEndpoint {

	private static final Log logger = LogFactory.getLog(EvictingEndpoint.class);

	/**
	 * The part of all connections that is closed at a time, so that not every new
	 * connection has to look for one to close.
	 */
	private static final int PART = 16;

	/**
	 * The time that a connection always has to send its request. An honest one needs so
	 * long only while the processors are busy, and new connections wait until others have
	 * had this time.
	 */
	private static final long GRACE_MILLIS = 250;

	private static final long PAUSE_MILLIS = 10;

	/** A connection keeps the id for the protocol that it was first asked for. */
	private static final String PROTOCOL = "http/1.1";

	@Override
	protected boolean setSocketOptions(SocketChannel socket) {
		int part = Math.max(1, getMaxConnections() / PART);
		while (getMaxConnections() > 0 && getConnectionCount() > getMaxConnections() - part
				&& isWorthAnotherTry(part)) {
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS));
		}
		return super.setSocketOptions(socket);
	}

	// Closes the connections that have waited too long. Returns true if there were none,
	// but some will soon have waited long enough to be closed.
	private boolean isWorthAnotherTry(int places) {
		List<Waiting> longest = this.connections.values()
			.stream()
			.filter(EvictingEndpoint::isWaiting)
			.map(Waiting::of)
			.sorted(Comparator.comparingLong(Waiting::millis).reversed())
			.limit(places)
			.toList();
		List<Waiting> tooLong = longest.stream().filter((waiting) -> waiting.millis() >= GRACE_MILLIS).toList();
		tooLong.forEach((waiting) -> closeIfStillWaiting(waiting.connection()));
		return isRunning() && tooLong.isEmpty() && !longest.isEmpty();
	}

	// A connection whose lock is taken is at work, and so no longer waits.
	private static void closeIfStillWaiting(SocketWrapperBase<NioChannel> connection) {
		if (!connection.getLock().tryLock()) {
			return;
		}
		try {
			if (isWaiting(connection)) {
				connection.close();
			}
		}
		finally {
			connection.getLock().unlock();
		}
	}

	// Tells whether a connection waits for a request or for the rest of its head. One
	// whose request is answered asynchronously is left to whoever answers it.
	private static boolean isWaiting(SocketWrapperBase<NioChannel> connection) {
		if ((((NioSocketWrapper) connection).interestOps() & SelectionKey.OP_READ) == 0) {
			return false;
		}
		Processor processor = (Processor) connection.getCurrentProcessor();
		return processor == null || !(processor.isAsync() || processor.isUpgrade());
	}

	/**
	 * Closes the channel of a connection. A thread that reads from it or writes to it
	 * then fails and cleans the connection up.
	 * @param id the id of the connection
	 */
	void cut(String id) {
		getConnections().stream()
			.filter((connection) -> connection.getServletConnection(PROTOCOL, "").getConnectionId().equals(id))
			.forEach((connection) -> cut(connection.getSocket()));
	}

	private static void cut(NioChannel channel) {
		try {
			channel.getIOChannel().close();
		}
		catch (IOException ex) {
			logger.debug("A connection cannot be closed", ex);
		}
	}

	/**
	 * A connection and how long it has waited.
	 *
	 * @param connection the connection
	 * @param millis the time since its last bytes arrived, or since it began the request
	 * whose head is not complete: a sender who sends the head byte by byte must not look
	 * new with each byte
	 */
	private record Waiting(SocketWrapperBase<NioChannel> connection, long millis) {

		static Waiting of(SocketWrapperBase<NioChannel> connection) {
			Processor processor = (Processor) connection.getCurrentProcessor();
			long began = (processor != null) ? processor.getRequest().getStartTimeNanos() : -1;
			long millis = (began >= 0) ? TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began)
					: System.currentTimeMillis() - ((NioSocketWrapper) connection).getLastRead();
			return new Waiting(connection, millis);
		}

	}

}
