package io.pulsehook.console.events;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

import io.pulsehook.console.frame.ConsoleController;
import io.pulsehook.console.frame.NotUnderstoodException;
import io.pulsehook.console.frame.Pages;
import io.pulsehook.event.EventReader;
import io.pulsehook.inbox.query.BodyBatch;
import io.pulsehook.inbox.query.EventFilter;
import io.pulsehook.inbox.query.EventPage;
import io.pulsehook.inbox.query.StoredEvent;
import io.pulsehook.inbox.query.StoredEvents;

/**
 * Exports the events of a search as a file with one event in a line. They are read page
 * by page: a single long query would keep the database from cleaning up behind it.
 */
@ConsoleController
public class EventsExport {

	private static final int PAGE = 50;

	private final StoredEvents events;

	private final EventReader reader;

	private final Pages pages;

	EventsExport(StoredEvents events, EventReader reader, Pages pages) {
		this.events = events;
		this.reader = reader;
		this.pages = pages;
	}

	@GetMapping("/events.ndjson")
	void json(@RequestParam Map<String, String> parameters, HttpServletResponse response) throws IOException {
		export(parameters, new JsonLines(), "events.ndjson", response);
	}

	@GetMapping("/events.csv")
	void csv(@RequestParam Map<String, String> parameters, HttpServletResponse response) throws IOException {
		export(parameters, new CsvLines(this.reader), "events.csv", response);
	}

	private void export(Map<String, String> parameters, EventLines lines, String name, HttpServletResponse response)
			throws IOException {
		EventsForm form = EventsForm.of(parameters, this.pages.now());
		EventFilter filter = form.filter();
		if (filter == null) {
			throw new NotUnderstoodException(String.valueOf(form.problem()));
		}
		// Read the first page before any header is set: if the database fails, an error
		// page can still be shown.
		EventPage page = this.events.page(filter, null, PAGE);
		response.setContentType(lines.contentType());
		response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"");
		OutputStream out = new BufferedOutputStream(response.getOutputStream());
		out.write(lines.head());
		write(page.events(), lines, out);
		while (page.next() != null) {
			out.flush();
			page = this.events.page(filter, page.next(), PAGE);
			write(page.events(), lines, out);
		}
		out.flush();
	}

	private void write(List<StoredEvent> page, EventLines lines, OutputStream out) throws IOException {
		BodyBatch bodies = this.events.bodies(page.stream().map(StoredEvent::id).toList());
		for (StoredEvent event : page) {
			byte[] body = bodies.of(event.id()).orElse(null);
			if (body != null) {
				out.write(lines.line(event, body));
			}
		}
	}

}
