package io.pulsehook.destination.kafka;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;

import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;

import io.pulsehook.Delivery;
import io.pulsehook.destination.DestinationSettings;
import io.pulsehook.destination.PayloadFormat;
import io.pulsehook.dispatch.handler.Destination;
import io.pulsehook.dispatch.handler.DestinationException;
import io.pulsehook.dispatch.handler.OutgoingEvent;
import io.pulsehook.event.Event;
import io.pulsehook.event.EventReader;
import io.pulsehook.test.TestEvents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests what is written to a real broker, and what is said when it cannot be.
 */
class KafkaDestinationTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(15);

	private static final Duration SHORT = Duration.ofMillis(1_500);

	private static final String PASSWORD = "the-password-of-the-broker";

	private static KafkaBroker broker;

	private final KafkaProperties properties = new KafkaProperties();

	private final List<KafkaDestinationFactory> factories = new ArrayList<>();

	KafkaDestinationTests() {
		this.properties.setBootstrapServers(List.of(broker.address()));
	}

	@BeforeAll
	static void start() {
		broker = new KafkaBroker(new NewTopic("events", 3, (short) 1),
				new NewTopic("small", 1, (short) 1).configs(Map.of("max.message.bytes", "20000")));
	}

	@AfterAll
	static void stop() {
		broker.close();
	}

	@AfterEach
	void close() {
		this.factories.forEach(KafkaDestinationFactory::close);
	}

	@Test
	void writesAnEventWithItsKeyItsHeadersAndItsPayload() throws Exception {
		OutgoingEvent event = message("b1", "c1", "Grüße");
		String answer = destination("events", TIMEOUT).send(event);
		ConsumerRecord<byte[], byte[]> written = last("b1/c1");
		assertThat(answer).isEqualTo("partition " + written.partition() + ", offset " + written.offset());
		assertThat(written.value()).isEqualTo(PayloadFormat.EVENT.payload(event));
		assertThat(headers(written.headers())).containsExactly("id=42", "type=IncomingMessage", "source=main");
	}

	@Test
	void writesTheElementAsItCameIfThatIsConfigured() throws Exception {
		OutgoingEvent event = message("b1", "raw", "text");
		destination(new DestinationSettings(null, List.of(), Map.of(), null, null,
				new DestinationSettings.Kafka("events"), List.of(), PayloadFormat.RAW, null), TIMEOUT)
			.send(event);
		assertThat(last("b1/raw").value()).isEqualTo(event.body());
	}

	@Test
	void marksASampleThatIsNoEvent() throws Exception {
		OutgoingEvent event = message("b1", "sample", "text");
		destination("events", TIMEOUT)
			.send(new OutgoingEvent(0, event.type(), event.event(), event.body(), event.delivery()));
		assertThat(headers(last("b1/sample").headers())).containsExactly("id=0", "type=IncomingMessage", "source=main",
				"pulsehook-test=true");
	}

	@Test
	void writesAnEventWithoutAContactWithoutAKey() throws Exception {
		assertThat(destination("events", TIMEOUT).send(outgoing(TestEvents.unrecognized().json())))
			.startsWith("partition ");
	}

	@Test
	void keepsAContactInItsPartition() throws Exception {
		Destination destination = destination("events", TIMEOUT);
		Set<String> partitions = new HashSet<>();
		for (int contact = 0; contact < 6; contact++) {
			Set<String> ofContact = new HashSet<>();
			for (int number = 0; number < 5; number++) {
				ofContact.add(destination.send(message("b2", "c" + contact, "text")).replaceAll(",.*", ""));
			}
			assertThat(ofContact).hasSize(1);
			partitions.addAll(ofContact);
		}
		assertThat(partitions).hasSizeGreaterThan(1);
	}

	@Test
	void connectsWithOneProducerWhenTheFirstEventIsWritten() throws Exception {
		KafkaDestinationFactory factory = factory();
		Destination one = factory.create("one", kafka("events"), TIMEOUT);
		Destination two = factory.create("two", kafka("small"), TIMEOUT);
		assertThat(producerThreads()).isZero();
		one.send(message("b1", "c1", "text"));
		two.send(message("b1", "c1", "text"));
		assertThat(producerThreads()).isEqualTo(1);
		factory.close();
		assertThat(producerThreads()).isZero();
		assertThatExceptionOfType(DestinationException.class).isThrownBy(() -> one.send(message("b1", "c1", "text")));
	}

	// A new producer hears from the broker within the time, and so learns of the topics.
	@Test
	void saysThatThereIsNoSuchTopic() {
		assertFails(destination("missing", Duration.ofSeconds(4)), "text",
				"Kafka has no topic 'missing'. Create it, or correct the destination's kafka.topic. "
						+ "(UnknownTopicOrPartitionException)");
	}

	@Test
	void saysThatARecordIsLargerThanTheTopicTakes() throws Exception {
		Destination small = destination("small", TIMEOUT);
		assertThat(failure(small, "x".repeat(20_000)).getMessage())
			.matches("The record is larger than Kafka takes: its value has \\d{5,} bytes\\. Raise max.request.size in "
					+ "spring.kafka.producer.properties and max.message.bytes of the topic 'small'\\. "
					+ "\\(RecordTooLargeException\\)");
		assertThat(small.send(message("b1", "c1", "small"))).startsWith("partition 0, offset ");
	}

	@Test
	void saysThatARecordIsLargerThanTheProducerSends() {
		this.properties.getProducer().getProperties().put("max.request.size", "2000");
		assertThat(failure(destination("events", TIMEOUT), "x".repeat(3_000)).getMessage())
			.startsWith("The record is larger than Kafka takes")
			.endsWith("(RecordTooLargeException)");
	}

	@Test
	void saysEachTimeThatTheLoginWasRefused() {
		this.properties.getProperties()
			.putAll(Map.of("security.protocol", "SASL_PLAINTEXT", "sasl.mechanism", "PLAIN", "sasl.jaas.config",
					"org.apache.kafka.common.security.plain.PlainLoginModule required username=\"us\" password=\""
							+ PASSWORD + "\";"));
		Destination destination = destination("events", TIMEOUT);
		for (int attempt = 0; attempt < 3; attempt++) {
			assertThat(failure(destination, "text").getMessage()).startsWith("Kafka refused the login. Check "
					+ "spring.kafka.security.* and spring.kafka.properties.sasl.*. (");
		}
	}

	@Test
	void endsWithinItsTimeoutWhileNoBrokerAnswers() throws IOException {
		try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			this.properties.setBootstrapServers(List.of("127.0.0.1:" + silent.getLocalPort()));
			Instant begin = Instant.now();
			assertFails(destination("events", SHORT), "text", "Kafka did not acknowledge the record in time. "
					+ "Check that spring.kafka.bootstrap-servers can be reached. (TimeoutException)");
			assertThat(Duration.between(begin, Instant.now())).isLessThan(SHORT.plusSeconds(10));
		}
	}

	@Test
	void saysThatNoBrokerHasThatNameWithoutQuotingIt() {
		this.properties.setBootstrapServers(List.of("nowhere.invalid:9092"));
		assertFails(destination("events", SHORT), "text", "Kafka's producer could not be made. Check spring.kafka.*, "
				+ "and that the brokers' names can be resolved. (ConfigException)");
	}

	@Test
	void connectsToTheBrokersOfAServiceConnection() throws Exception {
		this.properties.setBootstrapServers(List.of("nowhere.invalid:9092"));
		KafkaConnectionDetails connection = () -> List.of(broker.address());
		KafkaDestinationFactory factory = new KafkaDestinationFactory(this.properties, connection);
		this.factories.add(factory);
		assertThat(factory.create("lake", kafka("events"), TIMEOUT).send(message("b1", "c1", "text")))
			.startsWith("partition ");
	}

	private static void assertFails(Destination destination, String text, String message) {
		assertThat(failure(destination, text)).hasMessage(message).hasNoCause();
	}

	private static DestinationException failure(Destination destination, String text) {
		DestinationException failure = catchThrowableOfType(DestinationException.class,
				() -> destination.send(message("b1", "c1", text)));
		assertThat(failure.getMessage()).doesNotContain(PASSWORD, "nowhere", "localhost", "127.0.0.1");
		return failure;
	}

	private Destination destination(String topic, Duration timeout) {
		return destination(kafka(topic), timeout);
	}

	private Destination destination(DestinationSettings settings, Duration timeout) {
		return factory().create("lake", settings, timeout);
	}

	private KafkaDestinationFactory factory() {
		KafkaDestinationFactory factory = new KafkaDestinationFactory(this.properties, null);
		this.factories.add(factory);
		return factory;
	}

	private static DestinationSettings kafka(String topic) {
		return new DestinationSettings(null, List.of(), Map.of(), null, null, new DestinationSettings.Kafka(topic),
				List.of(), PayloadFormat.EVENT, null);
	}

	private static OutgoingEvent message(String bot, String contact, String text) {
		return outgoing(TestEvents.incomingMessage().bot(bot).contact(contact).text(text).json());
	}

	private static OutgoingEvent outgoing(String json) {
		byte[] body = json.getBytes(StandardCharsets.UTF_8);
		Event event = new EventReader().read(body);
		return new OutgoingEvent(42, event.getClass().getSimpleName(), event, body,
				Delivery.builder("lake").source("main").raw(json).build());
	}

	private static ConsumerRecord<byte[], byte[]> last(String key) {
		List<ConsumerRecord<byte[], byte[]>> records = broker.records("events")
			.filter((record) -> record.key() != null && new String(record.key(), StandardCharsets.UTF_8).equals(key))
			.toList();
		return records.get(records.size() - 1);
	}

	private static List<String> headers(Headers headers) {
		return StreamSupport.stream(headers.spliterator(), false).map(KafkaDestinationTests::text).toList();
	}

	private static String text(Header header) {
		return header.key() + "=" + new String(header.value(), StandardCharsets.UTF_8);
	}

	private static long producerThreads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith("kafka-producer-network-thread"))
			.count();
	}

}
