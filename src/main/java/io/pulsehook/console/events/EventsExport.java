package io.pulsehook.console.events;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.json.JsonMapper;

import io.pulsehook.console.frame.ConsoleController;
import io.pulsehook.inbox.query.EventFilter;
import io.pulsehook.inbox.query.EventPage;
import io.pulsehook.inbox.query.StoredEvent;
import io.pulsehook.inbox.query.StoredEvents;

/**
 * Exports the events of a search as a file with one JSON object a line. They are read
 * page by page: a single long query would keep the database from cleaning up behind it.
 */
@ConsoleController
@RequestMapping("/events.ndjson")
public class EventsExport {

	private static final int PAGE = 50;

	/**
	 * Larger bodies are read one by one, since a whole page of them could fill the
	 * memory.
	 */
	private static final int READ_TOGETHER = 16 * 1024;

	private static final JsonMapper json = JsonMapper.shared();

	private final StoredEvents events;

	EventsExport(StoredEvents events) {
		this.events = events;
	}

	@GetMapping
	void export(@RequestParam Map<String, String> parameters, HttpServletResponse response) throws IOException {
		EventFilter filter = EventsForm.of(parameters).filter();
		if (filter == null) {
			response.sendError(HttpServletResponse.SC_BAD_REQUEST);
			return;
		}
		// Read the first page before any header is set: if the database fails, an error
		// page can still be shown.
		EventPage page = this.events.page(filter, null, PAGE);
		response.setContentType("application/x-ndjson");
		response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"events.ndjson\"");
		OutputStream out = new BufferedOutputStream(response.getOutputStream());
		write(page.events(), out);
		while (page.next() != null) {
			out.flush();
			page = this.events.page(filter, page.next(), PAGE);
			write(page.events(), out);
		}
		out.flush();
	}

	private void write(List<StoredEvent> page, OutputStream out) throws IOException {
		Map<Long, byte[]> bodies = this.events.bodies(page.stream().map(StoredEvent::id).toList(), READ_TOGETHER);
		for (StoredEvent event : page) {
			byte[] body = bodies.containsKey(event.id()) ? bodies.get(event.id())
					: this.events.body(event.id()).orElse(null);
			if (body != null) {
				out.write(json.writeValueAsBytes(line(event, body)));
				out.write('\n');
			}
		}
	}

	private static Map<String, Object> line(StoredEvent event, byte[] body) {
		Map<String, Object> line = new LinkedHashMap<>();
		line.put("id", Long.toString(event.id()));
		line.put("source", event.source());
		line.put("kind", event.kind().code());
		line.put("type", event.type());
		line.put("title", Objects.requireNonNullElse(event.title(), ""));
		line.put("service", Objects.requireNonNullElse(event.service(), ""));
		line.put("status", event.status().code());
		line.put("occurredAt", event.occurredAt());
		line.put("receivedAt", event.receivedAt());
		line.put("duplicates", event.duplicates());
		line.put("raw", new String(body, StandardCharsets.UTF_8));
		return line;
	}

}
