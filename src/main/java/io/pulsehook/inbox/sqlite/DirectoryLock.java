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

/**
 * Keeps a second process out of the data directory. The operating system releases the
 * lock when the process ends, however it ends.
 */
final class DirectoryLock implements AutoCloseable {

	static final String FILE = "inbox.lock";

	private static final Log logger = LogFactory.getLog(DirectoryLock.class);

	/** A byte of the database file that neither data nor SQLite's own locks reach. */
	private static final long FAR_BYTE = Long.MAX_VALUE - 1;

	/**
	 * The directories that this process has locked. POSIX releases a process's lock when
	 * the process closes any channel to the file, so a second inbox in this process must
	 * not even open it.
	 */
	private static final Set<Path> held = ConcurrentHashMap.newKeySet();

	private final Path directory;

	private FileChannel channel;

	private OpenFiles file;

	private @Nullable FileChannel database;

	private DirectoryLock(Path directory) throws IOException {
		this.directory = directory;
		this.channel = lock(directory);
		this.file = OpenFiles.of(directory.resolve(FILE));
	}

	static DirectoryLock acquire(Path path) throws IOException {
		Path directory = path.toRealPath();
		if (!held.add(directory)) {
			throw DataDirectoryException.inUse(directory, " (this one, " + ProcessHandle.current().pid() + ")");
		}
		try {
			return new DirectoryLock(directory);
		}
		catch (IOException | RuntimeException ex) {
			held.remove(directory);
			throw ex;
		}
	}

	private static FileChannel lock(Path directory) throws IOException {
		Path file = directory.resolve(FILE);
		FileChannel channel = OwnerOnly.open(file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE));
		try {
			if (channel.tryLock() == null) {
				throw DataDirectoryException.inUse(directory, ownerIn(file));
			}
			channel.truncate(0);
			channel
				.write(ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8)));
			return channel;
		}
		catch (IOException | RuntimeException | Error ex) {
			try (channel) {
				throw ex;
			}
		}
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
			throw DataDirectoryException.inUse(this.directory, "");
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
		this.channel = lock(this.directory);
		this.file = OpenFiles.of(this.directory.resolve(FILE));
		logger.warn("'" + this.directory.resolve(FILE) + "' was deleted while this process uses the directory. It "
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
			held.remove(this.directory);
		}
	}

}
