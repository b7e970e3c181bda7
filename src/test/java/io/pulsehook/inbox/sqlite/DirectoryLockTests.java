package io.pulsehook.inbox.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import io.pulsehook.inbox.model.DataDirectoryException;
import io.pulsehook.inbox.model.DirectoryUse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests what happens when the lock file is deleted while its directory is in use.
 */
class DirectoryLockTests {

	@TempDir
	Path directory;

	// The device /dev/full can be opened and locked, but takes no bytes, like a full
	// disk.
	@Test
	@EnabledOnOs(OS.LINUX)
	void isMadeAgainAsSoonAsThereIsRoom() throws IOException {
		Path file = this.directory.resolve(DirectoryUse.DATA.lock());
		try (DirectoryLock lock = DirectoryLock.acquire(DirectoryUse.DATA, this.directory)) {
			Files.delete(file);
			Files.createSymbolicLink(file, Path.of("/dev/full"));
			for (int i = 0; i < 3; i++) {
				assertThatIOException().isThrownBy(lock::keep);
			}
			Files.delete(file);
			lock.keep();
			assertThat(file).hasContent(Long.toString(ProcessHandle.current().pid()));
		}
	}

	@Test
	void isHeldAgainWhenTheFileIsBack() throws Exception {
		Path file = this.directory.resolve(DirectoryUse.DATA.lock());
		Path elsewhere = this.directory.resolve("elsewhere");
		try (DirectoryLock lock = DirectoryLock.acquire(DirectoryUse.DATA, this.directory)) {
			Files.move(file, elsewhere);
			try (LockHolder other = LockHolder.lock(file)) {
				assertThat(other.isAlive()).isTrue();
				assertThatExceptionOfType(DataDirectoryException.class).isThrownBy(lock::keep);
			}
			Files.move(elsewhere, file, StandardCopyOption.REPLACE_EXISTING);
			try (LockHolder other = LockHolder.lock(file)) {
				assertThat(other.isAlive()).isTrue();
				assertThatExceptionOfType(DataDirectoryException.class).isThrownBy(lock::keep);
			}
			lock.keep();
			lock.keep();
		}
	}

}
