package io.pulsehook.receive;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.http.HttpStatus;
import org.springframework.util.unit.DataSize;

import io.pulsehook.Samples;
import io.pulsehook.event.EventReader;
import io.pulsehook.event.filter.FilterKey;
import io.pulsehook.inbox.Inbox;
import io.pulsehook.inbox.SettableClock;
import io.pulsehook.inbox.Storage;
import io.pulsehook.inbox.TestDatabase;
import io.pulsehook.inbox.model.Receipt;
import io.pulsehook.inbox.spool.Spool;
import io.pulsehook.inbox.spool.SpoolSettings;
import io.pulsehook.inbox.spool.SpooledInbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests what senders are answered when the inbox cannot store anything and there is a
 * spool.
 */
class ReceiverSpoolTests {

	private static final String OPEN_CHAT = """
			{"title":"open_chat","service":"telegram","bot":{"id":"b"},"contact":{"id":"c"}}""";

	@TempDir
	private Path directory;

	private final SettableClock clock = new SettableClock();

	private Inbox closed;

	private Spool spool;

	private Receiver receiver;

	@BeforeEach
	void open() throws Exception {
		Storage storage = TestDatabase.SQLITE.open(this.directory, this.clock);
		this.closed = storage.inbox();
		storage.close();
		this.spool = Spool.open(new SpoolSettings(this.directory.resolve("spool"), DataSize.ofKilobytes(100)),
				this.clock, storage.threads());
		this.receiver = new Receiver(new EventReader(), this.closed, new SpooledInbox(this.closed, this.spool), 10,
				ObservationRegistry.NOOP);
	}

	@AfterEach
	void close() throws Exception {
		this.spool.close();
	}

	@Test
	void eventsAreAcceptedAsEver() {
		assertThat(receive("[" + OPEN_CHAT + ",{\"x\":1}]")).isEqualTo(new Receipt(2, 0, 1));
		assertThat(this.spool.status().waiting()).isEqualTo(1);
	}

	@Test
	void whatIsNoJsonIsKeptAndRefusedAsEver() {
		assertThatExceptionOfType(ReceiveException.class).isThrownBy(() -> receive("{\"title\""))
			.satisfies((ex) -> assertThat(ex.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST));
		assertThat(this.spool.status().waiting()).isEqualTo(1);
	}

	@Test
	void whatHasNoElementsIsNotKept() {
		assertThat(receive("[]")).isEqualTo(Receipt.EMPTY);
		assertThatExceptionOfType(ReceiveException.class).isThrownBy(() -> receive(""));
		assertThatExceptionOfType(ReceiveException.class).isThrownBy(() -> receive("[" + "1,".repeat(10) + "1]"));
		assertThat(this.spool.status().waiting()).isZero();
	}

	@Test
	void whoNeedsTheEventsAtOnceGetsNoneFromTheSpool() {
		assertThatExceptionOfType(ReceiveException.class)
			.isThrownBy(() -> this.receiver.withoutSpool().receive("default", bytes(OPEN_CHAT)))
			.satisfies((ex) -> assertThat(ex.getStatusCode()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE));
		assertThat(this.spool.status().waiting()).isZero();
	}

	@Test
	void filtersCanAskAllOfWhatComesOutOfTheSpool() {
		assertThat(this.closed.filtersByMessage()).isFalse();
		assertThat(new BodyEvents(new EventReader(), this.closed).read("default", bytes(Samples.INCOMING_MESSAGE)))
			.singleElement()
			.satisfies((event) -> assertThat(event.facts().valuesOf(FilterKey.COMMENT)).containsExactly("false"));
	}

	@Test
	void aFullSpoolIsAnsweredWith503() throws Exception {
		this.spool.put("default", new byte[100_000]);
		assertThatExceptionOfType(ReceiveException.class)
			.isThrownBy(() -> receive("[{\"x\":\"" + "x".repeat(3_000) + "\"}]"))
			.satisfies((ex) -> assertThat(ex.getStatusCode()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE));
	}

	private Receipt receive(String body) {
		return this.receiver.receive("default", bytes(body));
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
