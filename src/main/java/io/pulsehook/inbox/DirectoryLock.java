package io.pulsehook.inbox;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps a second process out of the data directory. The operating system releases the
 * lock when the process ends, however it ends.
 */
final class DirectoryLock implements AutoCloseable {

	/**
	 * What this process has locked. Merely closing another channel to such a file would
	 * release the lock, as POSIX has it.
	 */
	private static final Set<Path> held = ConcurrentHashMap.newKeySet();

	private final Path directory;

	private final FileChannel channel;

	private DirectoryLock(Path directory, FileChannel channel) {
		this.directory = directory;
		this.channel = channel;
	}

	static DirectoryLock acquire(Path path) throws IOException {
		Path directory = path.toRealPath();
		if (!held.add(directory)) {
			throw DataDirectoryException.inUse(directory, " (this one, " + ProcessHandle.current().pid() + ")");
		}
		try {
			return new DirectoryLock(directory, lock(directory));
		}
		catch (IOException | RuntimeException ex) {
			held.remove(directory);
			throw ex;
		}
	}

	private static FileChannel lock(Path directory) throws IOException {
		Path file = directory.resolve("inbox.lock");
		FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
		if (channel.tryLock() == null) {
			channel.close();
			throw DataDirectoryException.inUse(directory, ownerIn(file));
		}
		channel.truncate(0);
		channel.write(ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8)));
		return channel;
	}

	private static String ownerIn(Path file) throws IOException {
		String pid = Files.readString(file).strip();
		return pid.isEmpty() ? "" : " (process " + pid + ")";
	}

	@Override
	public void close() throws IOException {
		this.channel.close();
		held.remove(this.directory);
	}

}
