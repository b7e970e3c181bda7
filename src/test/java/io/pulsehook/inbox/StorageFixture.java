package io.pulsehook.inbox;

import java.nio.file.Path;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Runs each test on every database, with an empty storage each time.
 */
@ParameterizedClass
@EnumSource(TestDatabase.class)
public abstract class StorageFixture {

	@Parameter
	protected TestDatabase database;

	@TempDir
	protected Path directory;

	protected final SettableClock clock = new SettableClock();

	protected Storage storage;

	protected TestDeliveries deliveries;

	@BeforeEach
	void openStorage() {
		this.storage = this.database.open(this.directory, this.clock);
		this.deliveries = new TestDeliveries(this.storage, this.clock);
	}

	@AfterEach
	void closeStorage() throws Exception {
		this.storage.close();
	}

}
