package io.pulsehook.inbox.query;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import io.pulsehook.inbox.SettableClock;
import io.pulsehook.inbox.Storage;
import io.pulsehook.inbox.TestDatabase;
import io.pulsehook.inbox.TestDeliveries;
import io.pulsehook.inbox.query.Backlog.Unfinished;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * What waits.
 */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class BacklogTests {

	@Parameter
	TestDatabase database;

	@TempDir
	Path directory;

	private final SettableClock clock = new SettableClock();

	private Storage storage;

	private TestDeliveries deliveries;

	@BeforeEach
	void open() {
		this.storage = this.database.open(this.directory, this.clock);
		this.deliveries = new TestDeliveries(this.storage, this.clock);
	}

	@AfterEach
	void close() throws Exception {
		this.storage.close();
	}

	@Test
	void tellsWhatWaitsAndSinceWhen() {
		this.deliveries.subscribe("h");
		Instant first = this.clock.instant();
		this.deliveries.store(1);
		this.clock.advance(Duration.ofMinutes(5));
		this.deliveries.store(2);
		this.deliveries.finish(2, "boom", this.clock.instant().plusSeconds(60));
		assertThat(this.storage.backlog().unfinished()).containsExactly(new Unfinished("h", 1, 1, first));
		assertThat(this.storage.backlog().dead()).isEmpty();
		this.deliveries.finish(1, null, null);
		assertThat(this.storage.backlog().unfinished()).extracting(Unfinished::waiting, Unfinished::retrying)
			.containsExactly(tuple(0L, 1L));
	}

}
