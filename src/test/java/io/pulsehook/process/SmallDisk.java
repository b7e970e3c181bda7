package io.pulsehook.process;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A disk that is soon full, if this user may mount one, and an ordinary directory
 * otherwise. Nothing is left mounted.
 */
final class SmallDisk implements AutoCloseable {

	private static final int PAGE = 4096;

	private final Path directory;

	private final boolean mounted;

	private final Thread reaper = new Thread(this::unmount);

	SmallDisk(Path directory, int megabytes) throws IOException {
		this.directory = Files.createDirectory(directory);
		this.mounted = Commands.succeed("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs",
				directory.toString());
		Runtime.getRuntime().addShutdownHook(this.reaper);
	}

	Path directory() {
		return this.directory;
	}

	// Whether the directory is a disk of its own, which may be filled.
	boolean isMounted() {
		return this.mounted;
	}

	// Fills the disk completely.
	void fill() throws IOException {
		byte[] page = new byte[PAGE];
		try (OutputStream out = Files.newOutputStream(ballast())) {
			while (this.mounted) {
				out.write(page);
			}
		}
		catch (IOException ex) {
			if (Files.size(ballast()) == 0) {
				throw ex;
			}
		}
	}

	void free() throws IOException {
		Files.deleteIfExists(ballast());
	}

	private Path ballast() {
		return this.directory.resolve("ballast");
	}

	private void unmount() {
		if (this.mounted) {
			Commands.succeed("umount", "-l", this.directory.toString());
		}
	}

	@Override
	public void close() {
		unmount();
		Runtime.getRuntime().removeShutdownHook(this.reaper);
	}

}
