package io.pulsehook.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * An attack that goes on until this is closed. Connections that the server closes are
 * replaced by new ones, and those that read nothing, too, after a while.
 */
final class Siege implements AutoCloseable {

	/**
	 * With this and the pause, there are five hundred new connections a second at most:
	 * more would measure the processor.
	 */
	private static final int NEW_AT_ONCE = 5;

	private static final long PAUSE_MILLIS = 10;

	private static final long RENEWAL_NANOS = 2_000_000_000;

	private final Attack attack;

	private final InetSocketAddress server;

	private final Thread thread = new Thread(this::attack, "siege");

	private final ByteBuffer answers = ByteBuffer.allocate(65_536);

	private volatile boolean over;

	private volatile boolean full;

	private Siege(Attack attack, int port) {
		this.attack = attack;
		this.server = new InetSocketAddress("127.0.0.1", port);
	}

	static Siege of(Attack attack, int port) {
		Siege siege = new Siege(attack, port);
		siege.thread.start();
		return siege;
	}

	// Whether all connections of the attack have been opened.
	boolean isFull() {
		return this.full;
	}

	private void attack() {
		try (Selector selector = Selector.open()) {
			long opened = 0;
			while (!this.over) {
				for (int i = 0; i < NEW_AT_ONCE && selector.keys().size() < this.attack.connections(); i++) {
					open(selector);
					opened++;
				}
				this.full = opened >= this.attack.connections();
				go(selector);
			}
			for (SelectionKey key : selector.keys()) {
				key.channel().close();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void open(Selector selector) throws IOException {
		SocketChannel channel = SocketChannel.open();
		if (!this.attack.reads()) {
			channel.setOption(StandardSocketOptions.SO_RCVBUF, 4096);
		}
		channel.configureBlocking(false);
		channel.connect(this.server);
		channel.register(selector, SelectionKey.OP_CONNECT, new Member(this.attack));
	}

	private void go(Selector selector) throws IOException {
		selector.select(PAUSE_MILLIS);
		List<SelectionKey> gone = new ArrayList<>();
		for (SelectionKey key : selector.selectedKeys()) {
			if (!goesOn(key)) {
				gone.add(key);
			}
		}
		selector.selectedKeys().clear();
		if (!this.attack.reads()) {
			selector.keys().stream().filter((key) -> ((Member) key.attachment()).isOld()).forEach(gone::add);
		}
		for (SelectionKey key : gone) {
			key.channel().close();
		}
		selector.selectNow();
		selector.selectedKeys().clear();
	}

	private boolean goesOn(SelectionKey key) {
		try {
			SocketChannel channel = (SocketChannel) key.channel();
			if (key.isConnectable()) {
				channel.finishConnect();
				key.interestOps(SelectionKey.OP_WRITE | (this.attack.reads() ? SelectionKey.OP_READ : 0));
			}
			else if (key.isWritable() && !((Member) key.attachment()).write(channel)) {
				key.interestOpsAnd(~SelectionKey.OP_WRITE);
			}
			else if (key.isReadable()) {
				return channel.read(this.answers.clear()) >= 0;
			}
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	@Override
	public void close() {
		this.over = true;
		try {
			this.thread.join();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * One connection of the attack.
	 */
	private static final class Member {

		private final long began = System.nanoTime();

		private final byte[] more;

		private ByteBuffer toSend;

		Member(Attack attack) {
			this.toSend = ByteBuffer.wrap(attack.beginning());
			this.more = attack.more();
		}

		// Writes what the connection takes, and returns whether there is more to write.
		boolean write(SocketChannel channel) throws IOException {
			channel.write(this.toSend);
			if (!this.toSend.hasRemaining()) {
				this.toSend = ByteBuffer.wrap(this.more);
			}
			return this.toSend.hasRemaining();
		}

		boolean isOld() {
			return System.nanoTime() - this.began > RENEWAL_NANOS;
		}

	}

}
