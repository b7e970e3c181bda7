package io.pulsehook.bench.runner;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Inserts events into the tables of the service as fast as the driver and the database
 * let a single loop, and syncs each group of them.
 */
final class BareInserts implements AutoCloseable {

	/** So many share a commit at most when each of all connections waits for its own. */
	static final int GROUP = Target.CONNECTIONS;

	private static final String INSERT = """
			insert into pulsehook_event (source, kind, type, title, service, bot, contact, ordering_key, dedup_key,
				occurred_at, received_at, body)
			values ('default', 'chatbot', 'IncomingMessage', 'incoming_message', 'telegram',
				'5f3b7a1c9d2e4f0012345678', ?, ?, ?, ?, ?, ?)
			""";

	private static final int CONTACTS = 10_000;

	private static final int KEY_BYTES = 32;

	private static final byte[] BODY = "{\"text\":\"%s\"}".formatted("When does it begin? ".repeat(50))
		.getBytes(StandardCharsets.UTF_8);

	private final Connection connection;

	private final PreparedStatement insert;

	private final String rows;

	BareInserts(Store store) throws SQLException {
		boolean server = store.server() != null;
		// The driver of PostgreSQL then makes one statement of many rows.
		this.connection = DriverManager.getConnection(store.url() + (server ? "&reWriteBatchedInserts=true" : ""));
		if (!server) {
			try (Statement statement = this.connection.createStatement()) {
				statement.execute("pragma synchronous = full");
			}
		}
		this.connection.setAutoCommit(false);
		this.insert = this.connection.prepareStatement(INSERT);
		this.rows = store.name() + ": bare inserts, groups of " + GROUP + ", rows/s";
	}

	/** What it measures. */
	String name() {
		return this.rows;
	}

	/** Inserts for so long, and returns how many rows in a second. */
	double perSecond(Duration time) throws SQLException {
		long begin = System.nanoTime();
		long inserted = 0;
		while (System.nanoTime() - begin < time.toNanos()) {
			insertGroup();
			inserted += GROUP;
		}
		return inserted * 1e9 / (System.nanoTime() - begin);
	}

	private void insertGroup() throws SQLException {
		long now = System.currentTimeMillis();
		for (int i = 0; i < GROUP; i++) {
			int contact = ThreadLocalRandom.current().nextInt(CONTACTS);
			this.insert.setString(1, "5f3b7a1c9d2e4f00%08d".formatted(contact));
			this.insert.setLong(2, contact * 0x9E3779B97F4A7C15L);
			this.insert.setBytes(3, key());
			this.insert.setLong(4, now);
			this.insert.setLong(5, now);
			this.insert.setBytes(6, BODY);
			this.insert.addBatch();
		}
		this.insert.executeBatch();
		this.connection.commit();
	}

	private static byte[] key() {
		ByteBuffer key = ByteBuffer.allocate(KEY_BYTES);
		while (key.hasRemaining()) {
			key.putLong(ThreadLocalRandom.current().nextLong());
		}
		return key.array();
	}

	@Override
	public void close() throws SQLException {
		this.connection.close();
	}

}
