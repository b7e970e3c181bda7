package io.pulsehook.inbox.sqlite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.pulsehook.files.OwnerOnly;
import io.pulsehook.inbox.model.DataDirectoryException;
import io.pulsehook.inbox.model.DirectoryUse;

/**
 * Keeps a second process out of a directory with a database. The operating system
 * releases the lock when the process ends, however it ends.
 */
final class DirectoryLock implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(DirectoryLock.class);

	/** A byte of the database file that neither data nor SQLite's own locks reach. */
	private static final long FAR_BYTE = Long.MAX_VALUE - 1;

	/**
	 * The lock files that this process has locked. POSIX releases a process's lock when
	 * the process closes any channel to the file, so nobody else in this process must
	 * even open it.
	 */
	private static final Set<Path> held = ConcurrentHashMap.newKeySet();

	private final DirectoryUse use;

	private final Path path;

	private FileChannel channel;

	private OpenFiles file;

	private @Nullable FileChannel database;

	private DirectoryLock(DirectoryUse use, Path path) throws IOException {
		this.use = use;
		this.path = path;
		this.channel = lock();
		this.file = OpenFiles.of(path);
	}

	static DirectoryLock acquire(DirectoryUse use, Path directory) throws IOException {
		Path path = directory.toRealPath().resolve(use.lock());
		if (!held.add(path)) {
			throw DataDirectoryException.inUse(use, path.resolveSibling(""),
					" (this one, " + ProcessHandle.current().pid() + ")");
		}
		try {
			return new DirectoryLock(use, path);
		}
		catch (IOException | RuntimeException ex) {
			held.remove(path);
			throw ex;
		}
	}

	private FileChannel lock() throws IOException {
		FileChannel locked = OwnerOnly.open(this.path, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE));
		try {
			if (locked.tryLock() == null) {
				throw inUse(ownerIn(this.path));
			}
			locked.truncate(0);
			locked
				.write(ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8)));
			return locked;
		}
		catch (IOException | RuntimeException | Error ex) {
			try (locked) {
				throw ex;
			}
		}
	}

	private DataDirectoryException inUse(String owner) {
		return DataDirectoryException.inUse(this.use, this.path.resolveSibling(""), owner);
	}

	private static String ownerIn(Path file) throws IOException {
		String pid = Files.readString(file).strip();
		return pid.isEmpty() ? "" : " (process " + pid + ")";
	}

	/**
	 * Locks the database file as well, so that a process that finds no lock file is kept
	 * out all the same. SQLite must have the file open already and until this is closed:
	 * while it holds locks of its own, it closes no channel to the file, which would
	 * release this lock.
	 * @param file the database file
	 * @throws IOException if the file cannot be opened
	 */
	void extendTo(Path file) throws IOException {
		FileChannel opened = FileChannel.open(file, StandardOpenOption.WRITE);
		this.database = opened;
		if (opened.tryLock(FAR_BYTE, 1, false) == null) {
			throw inUse("");
		}
	}

	/**
	 * Makes the lock file again if it was deleted or replaced. No process of this version
	 * could have started meanwhile, but one of an older version could have.
	 * @throws DataDirectoryException if another process has locked the directory
	 * @throws IOException if the file cannot be made or locked again
	 */
	void keep() throws IOException {
		if (this.channel.isOpen() && this.file.findLost() == null) {
			return;
		}
		// Close the channel first: the same file can be back in its place, and a process
		// cannot lock a file twice.
		this.channel.close();
		this.channel = lock();
		this.file = OpenFiles.of(this.path);
		logger.warn("'" + this.path + "' was deleted while this process uses the directory. It "
				+ "was made again: leave it there.");
	}

	@Override
	public void close() throws IOException {
		try (FileChannel first = this.channel) {
			if (this.database != null) {
				this.database.close();
			}
		}
		finally {
			held.remove(this.path);
		}
	}

}
