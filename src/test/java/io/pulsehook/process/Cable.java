package io.pulsehook.process;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A proxy for connections to a server, which a test can disturb.
 */
final class Cable implements AutoCloseable {

	private final Set<Link> links = ConcurrentHashMap.newKeySet();

	private final ServerSocket entrance;

	private volatile int target;

	private volatile boolean dead;

	private volatile boolean cut;

	Cable(int target) throws IOException {
		this.target = target;
		this.entrance = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
		start("cable", this::accept);
	}

	int port() {
		return this.entrance.getLocalPort();
	}

	// Leads new connections to another port. Existing ones stay where they are.
	void leadTo(int port) {
		this.target = port;
	}

	// Drops everything that is sent while connections stay open, as if the server's
	// machine were gone.
	void fallSilent() {
		this.dead = true;
		this.links.forEach(Link::fallSilent);
	}

	// Closes all connections and each new one, as if nobody listened at the server's
	// port.
	void cut() {
		this.cut = true;
		this.links.forEach(Link::close);
	}

	// Leads new connections to the server again. The old ones stay silent or closed.
	void mend() {
		this.dead = false;
		this.cut = false;
	}

	private void accept() {
		while (!this.entrance.isClosed()) {
			try {
				new Link(this.entrance.accept()).start();
			}
			catch (IOException ex) {
				// The test has ended, or the server refuses connections.
			}
		}
	}

	private static void start(String name, Runnable action) {
		Thread thread = new Thread(action, name);
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

		private final Socket far = new Socket();

		private volatile boolean silent;

		Link(Socket near) {
			this.near = near;
			this.silent = Cable.this.dead;
			Cable.this.links.add(this);
		}

		void start() throws IOException {
			if (Cable.this.cut) {
				close();
			}
			if (this.silent || Cable.this.cut) {
				return;
			}
			try {
				this.far.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), Cable.this.target));
			}
			catch (IOException ex) {
				close();
				throw ex;
			}
			Cable.start("cable", () -> carry(this.near, this.far));
			Cable.start("cable", () -> carry(this.far, this.near));
		}

		void fallSilent() {
			this.silent = true;
		}

		private void carry(Socket from, Socket to) {
			try {
				InputStream in = from.getInputStream();
				OutputStream out = to.getOutputStream();
				byte[] buffer = new byte[8192];
				for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
					if (!this.silent) {
						out.write(buffer, 0, read);
					}
				}
			}
			catch (IOException ex) {
				// One side has closed the connection, so that the other is closed now.
			}
			if (!this.silent) {
				close();
			}
		}

		void close() {
			Cable.close(this.near);
			Cable.close(this.far);
			Cable.this.links.remove(this);
		}

	}

}
