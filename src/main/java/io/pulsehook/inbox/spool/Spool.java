package io.pulsehook.inbox.spool;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

import io.pulsehook.failure.DatabaseErrors;
import io.pulsehook.inbox.model.DataDirectoryException;
import io.pulsehook.inbox.model.DirectoryUse;
import io.pulsehook.inbox.model.InboxUnavailableException;
import io.pulsehook.inbox.sqlite.SqliteFile;
import io.pulsehook.threads.CoreThreads;

/**
 * The bodies of webhooks that the inbox could not store, in a file on this machine's
 * disk. Safe for use by many threads.
 */
public final class Spool implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(Spool.class);

	private static final String MIGRATIONS = "io/pulsehook/inbox/spool";

	private static final int MOST_SHOWN = 100;

	/** So long webhooks wait for the end, before they are kept all the same. */
	private static final int SHARE_OF_TIMEOUT = 2;

	private final SpoolSettings settings;

	private final InstantSource clock;

	private final SqliteFile file;

	private final SpoolCounts counts;

	private final SpoolWriter writer;

	private final SpoolQueue queue;

	private final RefusedBodies refused;

	private final Taking taking;

	private final Line line;

	private Spool(SpoolSettings settings, InstantSource clock, SqliteFile file, CoreThreads threads) {
		this.settings = settings;
		this.clock = clock;
		this.file = file;
		SpoolTable table = new SpoolTable(file.readers());
		this.counts = new SpoolCounts(settings.maxSize());
		this.writer = new SpoolWriter(file, settings.ackTimeout(), threads);
		this.queue = new SpoolQueue(table, this.writer, this.counts);
		this.refused = new RefusedBodies(table, this.writer, this.counts);
		this.taking = new Taking(settings.ackTimeout().dividedBy(SHARE_OF_TIMEOUT), this::tellBegin);
		this.line = new Line(() -> this.taking.since() != null);
	}

	/**
	 * Opens the spool. If bodies were left in it, those that were refused included,
	 * webhooks go into it from now on until it is drained.
	 * @param settings where it lies and how large it may be
	 * @param clock tells when webhooks arrive
	 * @param threads watches the thread that writes
	 * @return the open spool
	 * @throws DataDirectoryException if the directory cannot be used, another process
	 * uses it, or the file is damaged
	 */
	public static Spool open(SpoolSettings settings, InstantSource clock, CoreThreads threads) {
		SqliteFile file = SqliteFile.open(DirectoryUse.SPOOL, settings.directory(), MIGRATIONS);
		Spool spool = new Spool(settings, clock, file, threads);
		try {
			spool.begin();
			return spool;
		}
		catch (DataAccessException | InboxUnavailableException ex) {
			throw spool.closedAfter(ex);
		}
	}

	private void begin() {
		this.writer.submit(SpoolTable.acceptAll()).await();
		this.counts.begin(this.queue.total());
		if (this.counts.waiting() > 0) {
			this.taking.resume(this.clock.instant());
			logger.info(this.counts.waiting() + " webhooks were left in the spool '" + this.settings.directory()
					+ "'. They are stored in the inbox before those that come now, which are kept there too until then.");
		}
	}

	private RuntimeException closedAfter(Exception ex) {
		this.writer.close();
		return this.file.closedAfter(new IOException(DatabaseErrors.of(ex), ex));
	}

	/**
	 * Tells whether all webhooks go into the spool.
	 * @return {@code true} until it is drained
	 */
	public boolean isTaking() {
		return this.taking.since() != null;
	}

	/**
	 * Keeps a body, and returns when it is on disk. From then on all webhooks go into the
	 * spool until it is drained.
	 * @param source the name of the source that received it
	 * @param body its bytes
	 * @throws InboxUnavailableException if the spool is full, its file cannot be written,
	 * or that takes too long
	 */
	public void put(String source, byte[] body) {
		put(source, body, Duration.ZERO, () -> {
		});
	}

	/**
	 * Keeps a body like {@link #put(String, byte[])} that arrived some time ago.
	 * @param placed is run when the body has its place, behind which the next one may
	 * come, and before it is on disk
	 */
	void put(String source, byte[] body, Duration ago, Runnable placed) {
		Instant now = this.clock.instant();
		this.taking.begin(now, () -> keep(source, body, now.minus(ago), placed));
	}

	/**
	 * Keeps a body, but only while webhooks go into the spool.
	 * @return {@code false} if they go into the inbox, so that it was not kept
	 */
	boolean putIfTaking(String source, byte[] body, Duration ago, Runnable placed) {
		if (!isTaking()) {
			return false;
		}
		Instant arrivedAt = this.clock.instant().minus(ago);
		return this.taking.goOn(() -> keep(source, body, arrivedAt, placed));
	}

	private void tellBegin() {
		logger.warn("Webhooks are kept in the spool '" + this.settings.directory() + "' from now on, and are stored in "
				+ "the inbox as soon as it can store them again.");
	}

	private void keep(String source, byte[] body, Instant arrivedAt, Runnable placed) {
		long size = SpoolTable.size(body);
		this.counts.reserve(size);
		SpoolTask<Integer> task = this.writer.submit(SpoolTable.insert(new SpooledBody(0, source, arrivedAt, body)));
		placed.run();
		task.await(task.future().whenComplete((rows, ex) -> {
			if (ex == null) {
				this.counts.kept();
			}
			else {
				this.counts.release(size);
			}
		}));
	}

	/**
	 * Lets webhooks go into the inbox again, which wait meanwhile.
	 * @param rest drains what is left, and tells whether all of it is
	 * @return whether they go into the inbox
	 */
	boolean end(BooleanSupplier rest) {
		Instant since = this.taking.since();
		if (since == null || !this.taking.end(this.settings.ackTimeout(), rest)) {
			return false;
		}
		this.line.goOn();
		logger.info("The spool is drained, after " + Duration.between(since, this.clock.instant()).toSeconds()
				+ " s: webhooks go into the inbox again.");
		return true;
	}

	/** Those who are about to put something, or to store it in the inbox. */
	Line line() {
		return this.line;
	}

	/** What waits, for the one who drains it. */
	SpoolQueue queue() {
		return this.queue;
	}

	/** What the inbox refused, for the one who keeps it in order. */
	RefusedBodies refusedBodies() {
		return this.refused;
	}

	SpoolSettings settings() {
		return this.settings;
	}

	InstantSource clock() {
		return this.clock;
	}

	/**
	 * Tells what the spool is doing, without a look into its file.
	 * @return a snapshot
	 */
	public SpoolStatus status() {
		return this.counts.status(this.taking.since(), this.writer.problem());
	}

	/**
	 * Finds the body that has waited longest.
	 * @return when it arrived, or {@code null} if none waits or the file cannot be read
	 */
	public @Nullable Instant oldest() {
		return this.queue.oldest();
	}

	/**
	 * Lists the bodies that the inbox refused.
	 * @return the newest first, 100 at most
	 */
	public List<RefusedBody> refused() {
		return this.refused.newest(MOST_SHOWN);
	}

	/**
	 * Returns the bytes of a body that the inbox refused.
	 * @param id its id
	 * @return the bytes, or {@code null} if there is no such body
	 */
	public byte @Nullable [] refusedBody(long id) {
		return this.refused.body(id);
	}

	/**
	 * Hands a body that was refused to the inbox again, after all that wait. If it is
	 * refused again, it has another id.
	 * @param id its id
	 * @return {@code false} if there is no such body
	 * @throws InboxUnavailableException if the file cannot be written
	 */
	public boolean tryAgain(long id) {
		if (refusedBody(id) == null) {
			return false;
		}
		this.taking.begin(this.clock.instant(), () -> this.refused.append(id));
		return true;
	}

	/**
	 * Deletes a body that was refused, for ever.
	 * @param id its id
	 * @return {@code false} if there is no such body
	 * @throws InboxUnavailableException if the file cannot be written
	 */
	public boolean delete(long id) {
		return this.refused.delete(id);
	}

	/** Writes what is waiting, and closes the file. */
	@Override
	public void close() {
		try (SqliteFile last = this.file) {
			this.writer.close();
		}
		catch (IOException | SQLException ex) {
			logger.warn("The spool could not be closed in order, which the next start makes good: " + ex);
		}
	}

}
