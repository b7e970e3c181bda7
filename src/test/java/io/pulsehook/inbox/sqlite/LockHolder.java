package io.pulsehook.inbox.sqlite;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Another process that holds the lock file only, like one of an older version, which does
 * not lock the database itself.
 */
public final class LockHolder implements AutoCloseable {

	private final Process process;

	private LockHolder(Process process) {
		this.process = process;
	}

	static LockHolder lock(Path file) throws IOException {
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				System.getProperty("java.class.path"), LockHolder.class.getName(), file.toString())
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		process.getInputStream().read();
		return new LockHolder(process);
	}

	/** Locks the file until the parent process closes the standard input. */
	public static void main(String[] arguments) throws IOException {
		try (FileChannel channel = FileChannel.open(Path.of(arguments[0]), StandardOpenOption.CREATE,
				StandardOpenOption.WRITE)) {
			channel.lock();
			System.out.println("Locked");
			System.in.read();
		}
	}

	boolean isAlive() {
		return this.process.isAlive();
	}

	@Override
	public void close() throws InterruptedException {
		this.process.destroyForcibly().waitFor();
	}

}
