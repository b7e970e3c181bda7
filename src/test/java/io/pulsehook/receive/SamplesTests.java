package io.pulsehook.receive;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

import org.apache.catalina.LifecycleException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.unit.DataSize;

import io.pulsehook.inbox.InboxSettings;
import io.pulsehook.inbox.Storage;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Posts the samples of SendPulse's page over HTTP to a real inbox, each of them twice.
 */
class SamplesTests {

	private static final Path PAYLOADS = Path.of("src/test/resources/payloads");

	@TempDir
	private File directory;

	private Storage storage;

	private EdgeServer server;

	@BeforeEach
	void start() throws LifecycleException {
		this.storage = Storage.open(
				new InboxSettings(this.directory.toPath().resolve("data"), Duration.ofSeconds(5),
						DataSize.ofMegabytes(10), Duration.ofMinutes(10), Duration.ofSeconds(60)),
				InstantSource.system());
		this.server = new EdgeServer(this.directory, "", Duration.ofSeconds(10), this.storage.inbox());
	}

	@AfterEach
	void stop() throws Exception {
		this.server.close();
		this.storage.close();
	}

	@ParameterizedTest
	@CsvSource({ "bot_block_telegram, 0", "flow_webhook_messenger, 0",
			"flow_webhook_messenger_MALFORMED_missing_comma, 1", "incoming_message_whatsapp, 0",
			"incoming_message_whatsapp_MALFORMED_comments, 1", "link_click_telegram, 0", "new_subscriber_telegram, 0",
			"open_chat_telegram, 0", "outgoing_message_telegram_inline_keyboard, 0", "payment_order_mercadopago, 0",
			"run_custom_flow_telegram, 0", "unsubscribe_telegram, 0" })
	void areKeptOnceHoweverOftenTheyCome(String sample, int unrecognized) throws IOException {
		String body = Files.readString(PAYLOADS.resolve(sample + ".json"));
		assertThat(this.server.post(body).body())
			.isEqualTo("{\"accepted\":1,\"duplicates\":0,\"unrecognized\":" + unrecognized + "}");
		assertThat(this.server.post(body).body()).isEqualTo("{\"accepted\":0,\"duplicates\":1,\"unrecognized\":0}");
	}

}
