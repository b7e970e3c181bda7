package io.pulsehook.inbox;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import org.jspecify.annotations.Nullable;

/**
 * Keeps a second process out of the data directory. The operating system releases the
 * lock when the process ends, however it ends.
 */
final class DirectoryLock implements AutoCloseable {

	private final FileChannel channel;

	private DirectoryLock(FileChannel channel) {
		this.channel = channel;
	}

	static DirectoryLock acquire(Path directory) throws IOException {
		Path file = directory.resolve("inbox.lock");
		FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
		if (tryLock(channel) == null) {
			channel.close();
			throw DataDirectoryException.inUse(directory, ownerIn(file));
		}
		channel.truncate(0);
		channel.write(ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8)));
		return new DirectoryLock(channel);
	}

	private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
		try {
			return channel.tryLock();
		}
		catch (OverlappingFileLockException ex) {
			return null;
		}
	}

	private static String ownerIn(Path file) throws IOException {
		String pid = Files.readString(file).strip();
		return pid.isEmpty() ? "" : " (process " + pid + ")";
	}

	@Override
	public void close() throws IOException {
		this.channel.close();
	}

}
