package io.pulsehook.destination;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.pulsehook.Delivery;
import io.pulsehook.Samples;
import io.pulsehook.dispatch.handler.DestinationException;
import io.pulsehook.dispatch.handler.OutgoingEvent;
import io.pulsehook.event.EventReader;
import io.pulsehook.failure.Causes;
import io.pulsehook.failure.Nearest;

/**
 * The destinations of this process.
 */
public final class Destinations {

	private final List<ConfiguredDestination> destinations;

	private final EventReader reader;

	/**
	 * Creates the destinations.
	 * @param destinations the destinations
	 * @param reader reads the samples that are sent as a trial
	 */
	public Destinations(List<ConfiguredDestination> destinations, EventReader reader) {
		this.destinations = List.copyOf(destinations);
		this.reader = reader;
	}

	/**
	 * Lists the destinations.
	 * @return the destinations in the order of their names
	 */
	public List<ConfiguredDestination> all() {
		return this.destinations;
	}

	/**
	 * Finds a destination.
	 * @param name its name, which is also its id as a handler
	 * @return the destination, unless this process has none of that name
	 */
	public Optional<ConfiguredDestination> named(String name) {
		return this.destinations.stream().filter((destination) -> destination.name().equals(name)).findFirst();
	}

	/**
	 * Sends a sample of the first type that a destination receives, past the inbox and
	 * whatever lets the destination wait. It returns when the destination has answered,
	 * or its timeout is over.
	 * @param name the name of the destination, as anybody may spell it
	 * @return what came of it, unless this process has no destination of that name
	 */
	public Optional<TestResult> test(String name) {
		return named(Nearest.letters(name)).map(this::test);
	}

	private TestResult test(ConfiguredDestination destination) {
		OutgoingEvent sample = sample(destination);
		long start = System.nanoTime();
		try {
			String answer = destination.destination().send(sample);
			return new TestResult(true, answer, null, millisSince(start));
		}
		catch (Exception ex) {
			if (ex instanceof InterruptedException) {
				Thread.currentThread().interrupt();
			}
			return failed(ex, millisSince(start));
		}
	}

	private OutgoingEvent sample(ConfiguredDestination destination) {
		Class<?> type = destination.types().iterator().next();
		String json = Samples.element(SampleBodies.of(type));
		byte[] body = json.getBytes(StandardCharsets.UTF_8);
		Delivery delivery = Delivery.builder(destination.name())
			.id(OutgoingEvent.TEST_PREFIX + UUID.randomUUID())
			.raw(() -> json)
			.build();
		return new OutgoingEvent(0, type.getSimpleName(), this.reader.read(body), body, delivery);
	}

	private static long millisSince(long start) {
		return Duration.ofNanos(System.nanoTime() - start).toMillis();
	}

	// The messages of other exceptions may quote a URL or what was sent.
	private static TestResult failed(Exception failure, long millis) {
		DestinationException known = Causes.find(failure, DestinationException.class);
		return (known != null) ? new TestResult(false, known.answer(), known.getMessage(), millis)
				: new TestResult(false, null, failure.getClass().getName(), millis);
	}

	/**
	 * What came of a sample that was sent as a trial. Nothing of it is secret.
	 *
	 * @param ok whether the destination took it
	 * @param answer what it answered, or the beginning of that; {@code null} if it
	 * answered nothing
	 * @param error why it did not take the sample, or {@code null} if it did
	 * @param millis how long it took, in milliseconds
	 */
	public record TestResult(boolean ok, @Nullable String answer, @Nullable String error, long millis) {

	}

}
