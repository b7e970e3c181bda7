package io.pulsehook.app.send;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.pulsehook.Events;
import io.pulsehook.Samples;
import io.pulsehook.event.Channel;
import io.pulsehook.event.IncomingMessage;
import io.pulsehook.event.OutgoingMessage;
import io.pulsehook.event.PaymentOrder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests what the command posts, prints and returns, with a server that quotes each
 * request in its answer.
 */
class SendCommandTests {

	private static final String TOKEN = "token-that-nobody-may-see";

	private final List<String> received = new ArrayList<>();

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();

	private final ByteArrayOutputStream err = new ByteArrayOutputStream();

	private int status = 200;

	private HttpServer server;

	@BeforeEach
	void startServer() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/", (exchange) -> {
			this.received.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
			byte[] answer = ("You asked for " + exchange.getRequestURI() + "\n").getBytes(StandardCharsets.UTF_8);
			exchange.sendResponseHeaders(this.status, answer.length);
			exchange.getResponseBody().write(answer);
			exchange.close();
		});
		this.server.start();
	}

	@AfterEach
	void stopServer() {
		this.server.stop(0);
	}

	@Test
	void sendsAMessageUnlessAskedForAnythingElse() {
		assertThat(send("--to=" + url())).isZero();
		assertThat(Events.read(this.received.get(0), IncomingMessage.class).text()).isEqualTo("hey! whats up?");
		assertThat(printed()).startsWith("incoming-message to http://127.0.0.1:")
			.contains(": 200 You asked for /webhooks/<token>")
			.doesNotContain(TOKEN);
	}

	@Test
	void sendsThePaymentOfToday() {
		assertThat(send("--kind", "payment", "--to", url())).isZero();
		assertThat(Events.read(this.received.get(0), PaymentOrder.class).updatedAt()).isCloseTo(Instant.now(),
				within(1, ChronoUnit.MINUTES));
	}

	@ParameterizedTest
	@EnumSource(names = "UNKNOWN", mode = EnumSource.Mode.EXCLUDE)
	void aMessageOfEachChannelHasItsTextWhereTheChannelPutsIt(Channel channel) {
		assertThat(send("--kind=incoming-message", "--channel=" + channel.code(), "--to=" + url())).isZero();
		IncomingMessage message = Events.read(this.received.get(0), IncomingMessage.class);
		assertThat(message.service()).isEqualTo(channel);
		assertThat(message.message().text()).isEqualTo("hey! whats up?");
	}

	@ParameterizedTest
	@EnumSource(names = "UNKNOWN", mode = EnumSource.Mode.EXCLUDE)
	void aMessageThatWasSentHasItsTextWhereTheChannelPutsIt(Channel channel) {
		assertThat(send("--kind=outgoing-message", "--channel=" + channel.code(), "--to=" + url())).isZero();
		JsonNode sent = new JsonMapper().readTree(this.received.get(0)).at("/0/info/message/channel_data/message");
		assertThat(sent.at("/message/text").isString()).isEqualTo(channel == Channel.INSTAGRAM);
		String text = Events.read(this.received.get(0), OutgoingMessage.class).text();
		assertThat(text).isNotBlank().isEqualTo(Events.read(Samples.OUTGOING_MESSAGE, OutgoingMessage.class).text());
	}

	@Test
	void everyEventButAPaymentCanComeFromAnyChannel() {
		assertThat(send("--kind=all", "--channel=viber", "--to=" + url())).isZero();
		assertThat(this.received).hasSize(11);
		assertThat(this.received.stream().filter((body) -> body.contains("\"service\":\"viber\""))).hasSize(10);
	}

	@Test
	void sendsAFileAsItIs(@TempDir Path directory) throws IOException {
		Path file = Files.writeString(directory.resolve("body.json"), "{ what: ever");
		assertThat(send("--file=" + file, "--to=" + url())).isZero();
		assertThat(this.received).containsExactly("{ what: ever");
	}

	@Test
	void returnsOneForWhatIsRefused() {
		this.status = 403;
		assertThat(send("--to=" + url())).isEqualTo(SendCommand.REFUSED);
		assertThat(printed()).contains(": 403 ").doesNotContain(TOKEN);
	}

	@Test
	void returnsOneIfNobodyAnswers() {
		this.server.stop(0);
		assertThat(send("--to=" + url())).isEqualTo(SendCommand.REFUSED);
		assertThat(printed()).contains("no answer").doesNotContain(TOKEN);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "--to=webhooks/" + TOKEN, "--to=http://user:" + TOKEN + "@localhost/",
			"--to=http://localhost/<" + TOKEN + ">", "--to=http://localhost:99999/" + TOKEN,
			"http://localhost/" + TOKEN, "--to", "--to=http://a --to=http://b", "--to=http://localhost --kind=nothing",
			"--to=http://localhost --channel=nothing", "--to=http://localhost --file=nothing",
			"--to=http://localhost --file=a --kind=payment" })
	void listsWhatThereIsWhenItIsAskedWrongly(String arguments) {
		assertThat(send(arguments.isEmpty() ? new String[0] : arguments.split(" "))).isEqualTo(SendCommand.MISUSED);
		assertThat(printed()).isEmpty();
		assertThat(this.err.toString(StandardCharsets.UTF_8)).contains("Usage:")
			.contains("incoming-message, outgoing-message, new-subscriber, payment")
			.contains("instagram, livechat, messenger, telegram, tiktok, viber, whatsapp")
			.doesNotContain(TOKEN);
	}

	private int send(String... options) {
		String[] arguments = Stream.concat(Stream.of(SendCommand.COMMAND), Stream.of(options)).toArray(String[]::new);
		return new SendCommand(new PrintStream(this.out, true, StandardCharsets.UTF_8),
				new PrintStream(this.err, true, StandardCharsets.UTF_8))
			.send(arguments);
	}

	private String printed() {
		return this.out.toString(StandardCharsets.UTF_8);
	}

	private String url() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort() + "/webhooks/" + TOKEN + "?source=" + TOKEN;
	}

}
