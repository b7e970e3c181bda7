package io.pulsehook.test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.pulsehook.event.Event;
import io.pulsehook.inbox.model.DeliveryStatus;
import io.pulsehook.inbox.model.Receipt;
import io.pulsehook.inbox.query.StoredDelivery;
import io.pulsehook.receive.ReceiveException;
import io.pulsehook.receive.Receiver;

/**
 * Posts events to the handlers of a test context and looks at what becomes of them.
 * Everything happens as in production: events are bound, stored, and handed over in their
 * order, failed attempts are repeated, and dead letters are kept. Each test method begins
 * with an empty inbox: the events of the one before are erased, and its handlers are
 * waited for. This is a bean of each context with {@link PulsehookTest}:
 *
 * <pre class="code">
 * pulsehook.post(TestEvents.payment().order("A").build());
 * pulsehook.awaitDone();
 * assertThat(pulsehook.deadLetters()).isEmpty();
 * </pre>
 */
public final class Pulsehook {

	private static final Log logger = LogFactory.getLog(Pulsehook.class);

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final long PAUSE_MILLIS = 10;

	private final Receiver receiver;

	private final TestInbox inbox;

	private final @Nullable TestClock clock;

	Pulsehook(Receiver receiver, TestInbox inbox, @Nullable TestClock clock) {
		this.receiver = receiver;
		this.inbox = inbox;
		this.clock = clock;
	}

	/**
	 * Posts a body as SendPulse would, from the source {@code default}.
	 * @param body a JSON array of events, or an event alone
	 * @return how many events were stored, and how many had been before
	 * @throws ReceiveException if the body is refused, as one that is no JSON
	 */
	public Receipt post(String body) {
		return this.receiver.receive("default", body.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Posts events in one body.
	 * @param events the events, but unrecognised ones, which are posted as JSON
	 * @return how many were stored, and how many had been before
	 * @throws IllegalArgumentException if an event is such as SendPulse cannot send
	 */
	public Receipt post(Event... events) {
		return post(Arrays.stream(events).map(EventJson::of).collect(Collectors.joining(",", "[", "]")));
	}

	/**
	 * Waits like {@link #awaitDone(Duration)}, for ten seconds at most.
	 * @throws AssertionError if something has not ended by then
	 */
	public void awaitDone() {
		awaitDone(PATIENCE);
	}

	/**
	 * Waits until all deliveries of the test have ended, done or dead. Where the clock is
	 * {@linkplain #clock() settable}, it is set forward to each attempt that is due
	 * later, so that a handler which fails is tried again, and given up, within moments.
	 * @param timeout how long to wait at most, by the system's clock
	 * @throws AssertionError if something has not ended by then; the message says what,
	 * and why
	 */
	public void awaitDone(Duration timeout) {
		long deadline = System.nanoTime() + timeout.toNanos();
		List<StoredDelivery> open = this.inbox.unfinished();
		while (!open.isEmpty()) {
			if (System.nanoTime() - deadline > 0) {
				throw new AssertionError(explain(open, timeout));
			}
			advanceToNext(open);
			pause();
			open = this.inbox.unfinished();
		}
	}

	// The clock must not move while a delivery can begin or a handler runs: the handler
	// would seem to have run for hours.
	private void advanceToNext(List<StoredDelivery> open) {
		if (this.clock == null || this.inbox.isAtWork()) {
			return;
		}
		Instant now = this.clock.instant();
		Instant next = this.inbox.firstBeginning(open, now);
		if (next != null && next.isAfter(now)) {
			this.clock.advanceTo(next);
		}
	}

	private String explain(List<StoredDelivery> open, Duration timeout) {
		return open.stream()
			.map((delivery) -> "event %d at handler '%s': %s%s".formatted(delivery.eventId(), delivery.handler(),
					this.inbox.explain(delivery),
					(delivery.lastError() != null)
							? "; attempt " + delivery.attempts() + " failed: " + delivery.lastError() : ""))
			.collect(Collectors.joining("\n\t",
					"After " + timeout + ", " + open.size() + " deliveries have not ended:\n\t",
					(this.clock != null) ? "" : "\nThe clock of this test cannot "
							+ "be set, so that retries are waited for in real time. See TestClock."));
	}

	/**
	 * Tells what has become of the events of the test.
	 * @return one for each event and handler that takes it, in the order of receipt; none
	 * for events that no handler takes
	 */
	public List<TestDelivery> deliveries() {
		return this.inbox.deliveries();
	}

	/**
	 * Tells which deliveries were given up.
	 * @return the deliveries that are dead, in the order of receipt
	 */
	public List<TestDelivery> deadLetters() {
		return deliveries().stream().filter((delivery) -> delivery.status() == DeliveryStatus.DEAD).toList();
	}

	/**
	 * The clock that decides what is due. It shows the time of the system when a test
	 * begins.
	 * @return the clock, to be set forward
	 * @throws IllegalStateException if this test has none that can be set: on PostgreSQL,
	 * whose server tells the time unless the test defines a {@link TestClock}, or where
	 * the test defines another clock
	 */
	public TestClock clock() {
		if (this.clock == null) {
			throw new IllegalStateException("The clock of this test cannot be set: define a bean named "
					+ "'pulsehookClock' of the type " + TestClock.class.getName() + ".");
		}
		return this.clock;
	}

	/**
	 * Erases what was received, and waits for the handlers that are still at work on it.
	 */
	void reset() {
		this.inbox.clear();
		long deadline = System.nanoTime() + PATIENCE.toNanos();
		while (this.inbox.isAtWork() && System.nanoTime() - deadline < 0) {
			pause();
		}
		if (this.inbox.isAtWork()) {
			logger.warn("A handler goes on with an event of a test that has ended, also during the tests after it. "
					+ "Let the test wait for it: awaitDone()");
		}
		if (this.clock != null) {
			this.clock.reset();
		}
	}

	private static void pause() {
		try {
			Thread.sleep(PAUSE_MILLIS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while the handlers were waited for.", ex);
		}
	}

}
