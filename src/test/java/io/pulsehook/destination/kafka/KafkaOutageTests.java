package io.pulsehook.destination.kafka;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import io.pulsehook.autoconfigure.PulsehookAutoConfiguration;
import io.pulsehook.autoconfigure.destination.KafkaDestinationAutoConfiguration;
import io.pulsehook.receive.Receiver;
import io.pulsehook.test.TestEvents;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the broker can be away for a while.
 */
@Tag("thorough")
class KafkaOutageTests {

	private static final int CONTACTS = 5;

	private static final Duration PAUSE = Duration.ofMillis(20);

	private static KafkaBroker broker;

	private final List<Long> nanos = new ArrayList<>();

	private int posted;

	@BeforeAll
	static void start() {
		broker = new KafkaBroker(new NewTopic("short", 3, (short) 1), new NewTopic("long", 3, (short) 1));
	}

	@AfterAll
	static void stop() {
		broker.close();
	}

	@Test
	void losesNothingWhileTheBrokerIsAway(@TempDir Path directory) {
		survive("short", Duration.ofSeconds(3), directory);
	}

	@Test
	@Tag("thorough")
	void losesNothingWhileTheBrokerIsAwayForLonger(@TempDir Path directory) {
		survive("long", Duration.ofSeconds(20), directory);
	}

	private void survive(String topic, Duration outage, Path directory) {
		new WebApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(PulsehookAutoConfiguration.class, KafkaDestinationAutoConfiguration.class))
			.withPropertyValues("pulsehook.data-dir=" + directory, "spring.kafka.bootstrap-servers=" + broker.address(),
					"pulsehook.destinations.lake.kafka.topic=" + topic, "pulsehook.destinations.lake.payload=raw",
					"pulsehook.destinations.lake.timeout=3s", "pulsehook.destinations.lake.delay=200ms",
					"pulsehook.destinations.lake.max-delay=1s", "pulsehook.destinations.lake.jitter=0",
					"pulsehook.destinations.lake.breaker=0")
			.run((context) -> survive(topic, outage, context));
	}

	private void survive(String topic, Duration outage, ApplicationContext context) {
		long before = postFor(Duration.ofSeconds(1), context);
		awaitWritten(topic);
		broker.stop();
		long during = postFor(outage, context);
		broker.start();
		postFor(Duration.ofMillis(100), context);
		awaitWritten(topic);
		assertThat(during).as("Nanoseconds until an event is stored").isLessThan(20_000_000 + 5 * before);
		assertInOrder(topic);
	}

	// Posts to one contact after the other, and returns the median of the times.
	private long postFor(Duration duration, ApplicationContext context) {
		Receiver receiver = context.getBean(Receiver.class);
		this.nanos.clear();
		long end = System.nanoTime() + duration.toNanos();
		do {
			String event = "[" + TestEvents.incomingMessage()
				.bot("b")
				.contact("c" + this.posted % CONTACTS)
				.text(String.valueOf(this.posted++))
				.json() + "]";
			long begin = System.nanoTime();
			receiver.receive("main", event.getBytes(StandardCharsets.UTF_8));
			this.nanos.add(System.nanoTime() - begin);
			LockSupport.parkNanos(PAUSE.toNanos());
		}
		while (System.nanoTime() < end);
		return this.nanos.stream().sorted().skip(this.nanos.size() / 2).findFirst().orElseThrow();
	}

	private void awaitWritten(String topic) {
		Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(300)).untilAsserted(() -> {
			Set<String> written = new HashSet<>();
			broker.records(topic).forEach((record) -> written.add(header(record)));
			assertThat(written).hasSize(this.posted);
		});
	}

	// One that was written twice comes twice in a row.
	private static void assertInOrder(String topic) {
		Map<String, Long> newest = new HashMap<>();
		Map<String, Integer> partitions = new HashMap<>();
		broker.records(topic).forEach((written) -> {
			String contact = new String(written.key(), StandardCharsets.UTF_8);
			long id = Long.parseLong(header(written));
			assertThat(id).isGreaterThanOrEqualTo(newest.getOrDefault(contact, 0L));
			newest.put(contact, id);
			assertThat(partitions.computeIfAbsent(contact, (any) -> written.partition()))
				.isEqualTo(written.partition());
		});
		assertThat(newest).hasSize(CONTACTS);
	}

	private static String header(ConsumerRecord<byte[], byte[]> written) {
		return new String(written.headers().lastHeader("id").value(), StandardCharsets.UTF_8);
	}

}
