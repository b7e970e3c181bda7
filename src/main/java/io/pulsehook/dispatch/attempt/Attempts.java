package io.pulsehook.dispatch.attempt;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.LongFunction;

import io.micrometer.observation.ObservationRegistry;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.pulsehook.Delivery;
import io.pulsehook.UnrecoverableEventException;
import io.pulsehook.dispatch.attempt.AttemptListener.Attempt;
import io.pulsehook.dispatch.attempt.AttemptListener.Result;
import io.pulsehook.dispatch.handler.RegisteredHandler;
import io.pulsehook.event.Event;
import io.pulsehook.event.EventReader;
import io.pulsehook.event.UnrecognizedEvent;
import io.pulsehook.failure.Discreet;
import io.pulsehook.failure.StackFrames;
import io.pulsehook.inbox.Deliveries;
import io.pulsehook.inbox.model.DueDelivery;
import io.pulsehook.inbox.model.Outcome;
import io.pulsehook.inbox.model.Outcome.PutOff;

/**
 * Calls a handler with the event, which is bound again from the stored bytes, and with
 * what is known of the delivery.
 */
public final class Attempts {

	private static final Log logger = LogFactory.getLog(Attempts.class);

	/**
	 * After the process has ended so often during a delivery, the delivery is taken for
	 * the cause.
	 */
	private static final int MOST_INTERRUPTIONS = 3;

	private final EventReader reader;

	private final Deliveries deliveries;

	private final List<AttemptListener> listeners;

	private final AttemptObservations observations;

	private final LongFunction<String> eventAddress;

	private final FilterCheck filters;

	public Attempts(EventReader reader, Deliveries deliveries, List<AttemptListener> listeners,
			ObservationRegistry observations, LongFunction<String> eventAddress) {
		this.reader = reader;
		this.deliveries = deliveries;
		this.listeners = listeners;
		this.observations = new AttemptObservations(observations);
		this.eventAddress = eventAddress;
		this.filters = new FilterCheck(deliveries);
	}

	/**
	 * Returns the address of the page that shows an event and the exceptions of its
	 * handlers.
	 */
	String eventAddress(long event) {
		return this.eventAddress.apply(event);
	}

	/**
	 * Calls the handler, unless its filter keeps the event away. If the process ended too
	 * often while the handler was working on this delivery, it is not called again, and
	 * the attempt fails: the delivery is probably the cause.
	 * @param handler the handler
	 * @param due the delivery, or the first one of a burst
	 * @param burst all deliveries that are handled in this attempt
	 * @return what another system answered to which the event was passed on, or
	 * {@code null}
	 * @throws Exception what the handler throws, or, if it was not called, what tells
	 * {@link Outcomes} why
	 */
	public @Nullable String attempt(RegisteredHandler handler, DueDelivery due, List<DueDelivery> burst)
			throws Exception {
		if (due.interruptions() >= MOST_INTERRUPTIONS) {
			throw new UnrecoverableEventException(
					"The process ended %d times while the handler was at work on this; it was not called again."
						.formatted(due.interruptions()));
		}
		Called called = this.observations.call(due, () -> call(handler, due, burst));
		if (!called.wanted()) {
			throw new KeptAwayException();
		}
		return called.answer();
	}

	private Called call(RegisteredHandler handler, DueDelivery due, List<DueDelivery> burst) throws Exception {
		List<Event> events = this.filters.wanted(handler, burst, (member) -> event(handler, member));
		return events.isEmpty() ? Called.NOT : new Called(true, handler.handle(events, delivery(handler, due), due));
	}

	/**
	 * Tells the listeners of an attempt whose outcome was accepted and is on disk.
	 * @param outcome what became of the delivery
	 * @param thrown what the handler threw, or {@code null} if it succeeded
	 */
	public void ended(Outcome outcome, @Nullable Throwable thrown) {
		DueDelivery due = outcome.delivery();
		Attempt attempt = new Attempt(due.eventId(), due.type(), due.handler(), result(outcome),
				(thrown != null && outcome.failure() != null) ? error(thrown) : null,
				Duration.between(outcome.attempt().startedAt(), outcome.attempt().finishedAt()),
				(outcome.failure() != null) ? outcome.failure().error() : null);
		for (AttemptListener listener : this.listeners) {
			try {
				listener.ended(attempt);
			}
			catch (RuntimeException ex) {
				logger.warn(
						"A listener failed after an attempt whose outcome is on disk. The delivery is not affected, but metrics "
								+ "or alarms may lack the attempt. " + StackFrames.of(ex));
			}
		}
	}

	private static String error(Throwable thrown) {
		String words = Discreet.inWords(thrown);
		return (words != null) ? words : thrown.getClass().getName();
	}

	private static Result result(Outcome outcome) {
		if (outcome instanceof PutOff) {
			return Result.PUT_OFF;
		}
		if (outcome.failure() == null) {
			return Result.DONE;
		}
		return (outcome.retryAt() != null) ? Result.RETRYING : Result.DEAD;
	}

	// Binds the event. If an earlier version stored it under another type, it is bound to
	// that type, unless the handler takes the type that this version reads.
	private Event event(RegisteredHandler handler, DueDelivery due) {
		if (due.reason() != null) {
			return new UnrecognizedEvent(due.reason());
		}
		Event event = this.reader.read(due.body());
		if (type(event).equals(due.type())) {
			return event;
		}
		Event former = this.reader.read(due.body(), due.type());
		if (!type(former).equals(due.type())) {
			throw new UnrecoverableEventException(
					"The event was stored as %s, but this version reads it as %s.".formatted(due.type(), type(event)));
		}
		return (handler.types().contains(due.type()) || !handler.types().contains(type(event))) ? former : event;
	}

	private static String type(Event event) {
		return event.getClass().getSimpleName();
	}

	private Delivery delivery(RegisteredHandler handler, DueDelivery due) {
		return Delivery.builder(due.handler())
			.id(due.id().toString())
			.attempt(due.attempts() + 1)
			.run(due.run())
			.lastAttempt(due.spent() >= handler.settings().maxRetries())
			.receivedAt(due.receivedAt())
			.arrivedAt((due.arrivedAt() != null) ? due.arrivedAt() : due.receivedAt())
			.source(due.source())
			.raw(() -> new String(due.body(), StandardCharsets.UTF_8))
			.superseded(() -> this.deliveries.isSuperseded(due.eventId()))
			.steps(new AttemptSteps(this.deliveries, due))
			.build();
	}

	/**
	 * What came of asking the filter and calling the handler.
	 *
	 * @param wanted whether it was called, or its filter kept the event away
	 * @param answer what another system answered to which the event was passed on, or
	 * {@code null}
	 */
	private record Called(boolean wanted, @Nullable String answer) {

		static final Called NOT = new Called(false, null);

	}

}
