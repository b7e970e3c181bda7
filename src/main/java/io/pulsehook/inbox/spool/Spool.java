package io.pulsehook.inbox.spool;

import java.time.InstantSource;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.pulsehook.inbox.model.DataDirectoryException;
import io.pulsehook.inbox.model.InboxUnavailableException;
import io.pulsehook.threads.CoreThreads;

/**
 * The bodies of webhooks that the inbox could not store, in a file on this machine's
 * disk. Safe for use by many threads.
 */
public final class Spool implements AutoCloseable {

	private Spool() {
	}

	/**
	 * Opens the spool. If bodies were left in it, webhooks go into it from now on until
	 * it is drained.
	 * @param settings where it lies and how large it may be
	 * @param clock tells when webhooks arrive
	 * @param threads watches the thread that writes
	 * @return the open spool
	 * @throws DataDirectoryException if the directory cannot be used, another process
	 * uses it, or the file is damaged
	 */
	public static Spool open(SpoolSettings settings, InstantSource clock, CoreThreads threads) {
		throw new UnsupportedOperationException();
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
		throw new UnsupportedOperationException();
	}

	/**
	 * Tells what the spool is doing.
	 * @return a snapshot
	 */
	public SpoolStatus status() {
		throw new UnsupportedOperationException();
	}

	/**
	 * Lists the bodies that the inbox refused.
	 * @return the newest first, 100 at most
	 */
	public List<RefusedBody> refused() {
		throw new UnsupportedOperationException();
	}

	/**
	 * Returns the bytes of a body that the inbox refused.
	 * @param id its id
	 * @return the bytes, or {@code null} if there is no such body
	 */
	public byte @Nullable [] refusedBody(long id) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Hands a body that was refused to the inbox again, after all that wait. If it is
	 * refused again, it has another id.
	 * @param id its id
	 * @return {@code false} if there is no such body
	 * @throws InboxUnavailableException if the file cannot be written
	 */
	public boolean tryAgain(long id) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Deletes a body that was refused, for ever.
	 * @param id its id
	 * @return {@code false} if there is no such body
	 * @throws InboxUnavailableException if the file cannot be written
	 */
	public boolean delete(long id) {
		throw new UnsupportedOperationException();
	}

	/** Writes what is waiting, and closes the file. */
	@Override
	public void close() {
		throw new UnsupportedOperationException();
	}

}
