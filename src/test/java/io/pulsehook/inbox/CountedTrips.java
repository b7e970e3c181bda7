package io.pulsehook.inbox;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/**
 * A proxy for connections to a server that counts round trips: how often something was
 * sent to the server after it had answered. It can make each of them take a while, as a
 * network does.
 */
public final class CountedTrips implements AutoCloseable {

	private static final int BUFFER_BYTES = 64 * 1024;

	private final Set<Link> links = ConcurrentHashMap.newKeySet();

	private final AtomicLong trips = new AtomicLong();

	private final AtomicLong mostTrips = new AtomicLong();

	private final ServerSocket entrance;

	private final int target;

	private volatile long nanos;

	private volatile int mostBytes = Integer.MAX_VALUE;

	public CountedTrips(int target) throws IOException {
		this.target = target;
		this.entrance = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
		start(this::accept);
	}

	public int port() {
		return this.entrance.getLocalPort();
	}

	// Makes each round trip take so long from now on.
	public void slowDown(Duration trip) {
		this.nanos = trip.toNanos();
	}

	// Takes no more bytes at once for the server than this, as a server that hangs.
	public void takeAtMost(int bytes) {
		this.mostBytes = bytes;
	}

	// Returns the number of round trips on all connections.
	public long trips() {
		return this.trips.get();
	}

	// Returns the number of round trips on the connection that made most of them.
	public long mostTrips() {
		return this.mostTrips.get();
	}

	private void accept() {
		while (!this.entrance.isClosed()) {
			try {
				Link link = new Link(this.entrance.accept(), new Socket(InetAddress.getLoopbackAddress(), this.target));
				this.links.add(link);
				link.start();
			}
			catch (IOException ex) {
				// The test has ended, or the server refuses connections.
			}
		}
	}

	private static void start(Runnable action) {
		Thread thread = new Thread(action, "counted-trips");
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public void close() {
		close(this.entrance);
		this.links.forEach(Link::close);
	}

	private static void close(Closeable closeable) {
		try {
			closeable.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * One connection.
	 */
	private final class Link {

		private final Socket near;

		private final Socket far;

		private final AtomicLong own = new AtomicLong();

		private final AtomicBoolean answered = new AtomicBoolean(true);

		private int taken;

		Link(Socket near, Socket far) throws IOException {
			this.near = near;
			this.far = far;
			near.setTcpNoDelay(true);
			far.setTcpNoDelay(true);
		}

		void start() {
			CountedTrips.start(() -> carry(this.near, this.far, this::take));
			CountedTrips.start(() -> carry(this.far, this.near, (bytes) -> this.answered.set(true)));
		}

		private void take(int bytes) {
			if (this.answered.getAndSet(false)) {
				this.taken = 0;
				CountedTrips.this.trips.incrementAndGet();
				CountedTrips.this.mostTrips.accumulateAndGet(this.own.incrementAndGet(), Math::max);
				long nanos = CountedTrips.this.nanos;
				if (nanos > 0) {
					LockSupport.parkNanos(nanos);
				}
			}
			this.taken += bytes;
			while (this.taken > CountedTrips.this.mostBytes && !CountedTrips.this.entrance.isClosed()) {
				LockSupport.parkNanos(1_000_000);
			}
		}

		private void carry(Socket from, Socket to, IntConsumer before) {
			try {
				InputStream in = from.getInputStream();
				OutputStream out = to.getOutputStream();
				byte[] buffer = new byte[BUFFER_BYTES];
				for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
					before.accept(read);
					out.write(buffer, 0, read);
				}
			}
			catch (IOException ex) {
				// One side has closed the connection, so that the other is closed now.
			}
			close();
		}

		void close() {
			CountedTrips.close(this.near);
			CountedTrips.close(this.far);
			CountedTrips.this.links.remove(this);
		}

	}

}
