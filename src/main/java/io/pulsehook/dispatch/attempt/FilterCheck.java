package io.pulsehook.dispatch.attempt;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

import io.pulsehook.dispatch.handler.RegisteredHandler;
import io.pulsehook.event.ChatbotEvent;
import io.pulsehook.event.Event;
import io.pulsehook.event.filter.EventFacts;
import io.pulsehook.inbox.Deliveries;
import io.pulsehook.inbox.model.DueDelivery;

/**
 * Asks a handler's filter once more before the handler is called. A delivery may have
 * been made by a process with another filter, or by one of a former version, which knows
 * no filters.
 */
final class FilterCheck {

	private final Deliveries deliveries;

	FilterCheck(Deliveries deliveries) {
		this.deliveries = deliveries;
	}

	/**
	 * Finds out with which events the handler is to be called. If this process wants one
	 * of a burst, it gets those with it that only other processes want: they could not be
	 * run apart.
	 * @param handler the handler of this process
	 * @param burst the deliveries that run
	 * @param events binds the event of each
	 * @return the events, none if no process wants the handler to be called
	 * @throws WantedElsewhereException if only another process does
	 */
	List<Event> wanted(RegisteredHandler handler, List<DueDelivery> burst, Function<DueDelivery, Event> events)
			throws WantedElsewhereException {
		List<Event> wanted = new ArrayList<>(burst.size());
		WantedElsewhereException elsewhere = null;
		boolean here = false;
		for (DueDelivery due : burst) {
			Event event = events.apply(due);
			try {
				if (lets(handler, due, event)) {
					here = true;
					wanted.add(event);
				}
			}
			catch (WantedElsewhereException ex) {
				elsewhere = ex;
				wanted.add(event);
			}
		}
		if (!here && elsewhere != null) {
			throw elsewhere;
		}
		return wanted;
	}

	/**
	 * Tells whether the handler is to be called. A replay is the operator's word, so that
	 * no filter keeps it away.
	 * @param handler the handler of this process
	 * @param due the delivery that runs
	 * @param event its event
	 * @return {@code false} if no process wants the handler to be called
	 * @throws WantedElsewhereException if another process does
	 */
	private boolean lets(RegisteredHandler handler, DueDelivery due, Event event) throws WantedElsewhereException {
		if (handler.filter().matchesAll() || due.replayed()) {
			return true;
		}
		EventFacts facts = EventFacts.of(due.source(), event);
		if (handler.filter().matches(facts)) {
			return true;
		}
		if (isWantedElsewhere(due, title(event), facts)) {
			throw new WantedElsewhereException();
		}
		return false;
	}

	// While the database cannot be asked, the delivery waits, since it would be lost if
	// another process wants it.
	private boolean isWantedElsewhere(DueDelivery due, @Nullable String title, EventFacts facts) {
		try {
			return this.deliveries.isWanted(due, title, facts);
		}
		catch (DataAccessException ex) {
			return true;
		}
	}

	private static @Nullable String title(Event event) {
		return (event instanceof ChatbotEvent chatbot) ? chatbot.title() : null;
	}

}
