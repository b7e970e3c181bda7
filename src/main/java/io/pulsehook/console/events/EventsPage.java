package io.pulsehook.console.events;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

import io.pulsehook.console.events.EventRows.EventRow;
import io.pulsehook.console.format.Labels;
import io.pulsehook.console.format.Times.Time;
import io.pulsehook.console.frame.ConsoleController;
import io.pulsehook.console.frame.ConsoleSettings;
import io.pulsehook.console.frame.Pages;
import io.pulsehook.dispatch.DeliveryStates;
import io.pulsehook.event.PaymentStatus;
import io.pulsehook.inbox.model.Coded;
import io.pulsehook.inbox.model.EventKind;
import io.pulsehook.inbox.model.EventStatus;
import io.pulsehook.inbox.model.Subscription;
import io.pulsehook.inbox.query.EventFilter;
import io.pulsehook.inbox.query.EventPage;
import io.pulsehook.inbox.query.StoredEvents;

/**
 * Lists the events that match the form, newest first. A page reads a bounded number of
 * events, and tells how far back it has read if that was not enough.
 */
@ConsoleController
@RequestMapping("/events")
public class EventsPage {

	private static final int LIMIT = 50;

	private final StoredEvents events;

	private final EventRows rows;

	private final DeliveryStates states;

	private final ConsoleSettings settings;

	private final Pages pages;

	EventsPage(StoredEvents events, EventRows rows, DeliveryStates states, ConsoleSettings settings, Pages pages) {
		this.events = events;
		this.rows = rows;
		this.states = states;
		this.settings = settings;
		this.pages = pages;
	}

	@GetMapping
	ModelAndView show(@RequestParam Map<String, String> parameters) {
		EventsForm form = EventsForm.of(parameters, this.pages.now());
		EventFilter filter = form.filter();
		long newest = this.events.newestId();
		EventPage page = (filter != null) ? this.events.page(filter, form.before(), LIMIT)
				: new EventPage(List.of(), null);
		Map<String, Object> model = new HashMap<>();
		model.put("form", form);
		List<EventRow> rows = this.rows.of(page.events());
		model.put("rows", rows);
		model.put("people", FoundPerson.among(rows, form.value("q")));
		model.put("next", page.next());
		model.put("newest", newest);
		model.put("limit", LIMIT);
		model.put("back", (page.events().size() < LIMIT) ? readBackTo(page.next()) : null);
		addChoices(model);
		return this.pages.show("events", (filter != null) ? HttpStatus.OK : HttpStatus.BAD_REQUEST, model);
	}

	private void addChoices(Map<String, Object> model) {
		model.put("types", Labels.allTypes());
		model.put("services", Labels.allServices());
		model.put("statuses", Coded.codes(EventStatus.class));
		model.put("kinds", Coded.codes(EventKind.class));
		model.put("sources", this.settings.endpoints().stream().map(ConsoleSettings.Endpoint::source).toList());
		model.put("times", TimeWindow.names());
		model.put("handlers", this.states.subscriptions().stream().map(Subscription::handler).sorted().toList());
		model.put("payments", paymentStatuses());
	}

	private static Map<String, String> paymentStatuses() {
		Map<String, String> statuses = new LinkedHashMap<>();
		EnumSet.complementOf(EnumSet.of(PaymentStatus.UNKNOWN))
			.forEach((status) -> statuses.put(status.name().toLowerCase(Locale.ROOT), Labels.words(status.name())));
		return statuses;
	}

	// Finds the time of the oldest event that was read: all that are newer were searched.
	private @Nullable Time readBackTo(@Nullable Long next) {
		if (next == null) {
			return null;
		}
		return this.events.pageAfter(EventFilter.ALL, next - 1, 1)
			.events()
			.stream()
			.findFirst()
			.map((event) -> Time.of(event.receivedAt(), this.pages.now()))
			.orElse(null);
	}

}
