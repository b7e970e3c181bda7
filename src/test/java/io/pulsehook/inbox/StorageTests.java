package io.pulsehook.inbox;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Set;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mockito.Mockito;

import io.pulsehook.inbox.commit.Database;
import io.pulsehook.inbox.model.UnsupportedDatabaseException;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;

class StorageTests {

	@Test
	void letsTheDirectoryAndItsThreadsGoWhenAPartCannotBeMade(@TempDir Path directory) throws Exception {
		Set<Thread> before = threads();
		Database database = Mockito.spy(TestDatabase.SQLITE.database(directory));
		Mockito.doThrow(new SQLException("no connection is left")).when(database).parts(any(), any());
		assertThatThrownBy(() -> Storage.open(TestDatabase.settings(directory), database, new SettableClock()))
			.isInstanceOf(UnsupportedDatabaseException.class);
		Awaitility.await().until(() -> before.containsAll(threads()));
		TestDatabase.SQLITE.open(directory, new SettableClock()).close();
	}

	private static Set<Thread> threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith("pulsehook-"))
			.collect(Collectors.toSet());
	}

}
