package io.pulsehook.console.events;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

import io.pulsehook.console.format.Labels;
import io.pulsehook.console.frame.ConsoleController;
import io.pulsehook.console.frame.ConsoleSettings;
import io.pulsehook.console.frame.Pages;
import io.pulsehook.inbox.model.Coded;
import io.pulsehook.inbox.model.EventKind;
import io.pulsehook.inbox.model.EventStatus;
import io.pulsehook.inbox.query.EventFilter;
import io.pulsehook.inbox.query.EventPage;
import io.pulsehook.inbox.query.StoredEvents;

/**
 * Lists the events that match the form, newest first.
 */
@ConsoleController
@RequestMapping("/events")
public class EventsPage {

	private static final int LIMIT = 50;

	private final StoredEvents events;

	private final EventRows rows;

	private final ConsoleSettings settings;

	private final Pages pages;

	EventsPage(StoredEvents events, EventRows rows, ConsoleSettings settings, Pages pages) {
		this.events = events;
		this.rows = rows;
		this.settings = settings;
		this.pages = pages;
	}

	@GetMapping
	ModelAndView show(@RequestParam Map<String, String> parameters) {
		EventsForm form = EventsForm.of(parameters);
		EventFilter filter = form.filter();
		EventPage page = (filter != null) ? this.events.page(filter, form.before(), LIMIT)
				: new EventPage(List.of(), null);
		Map<String, Object> model = new HashMap<>();
		model.put("form", form);
		model.put("rows", this.rows.of(page.events()));
		model.put("next", page.next());
		model.put("types", Labels.allTypes());
		model.put("services", Labels.allServices());
		model.put("statuses", Coded.codes(EventStatus.class));
		model.put("kinds", Coded.codes(EventKind.class));
		model.put("sources", this.settings.endpoints().stream().map(ConsoleSettings.Endpoint::source).toList());
		return this.pages.show("events", (filter != null) ? HttpStatus.OK : HttpStatus.BAD_REQUEST, model);
	}

}
