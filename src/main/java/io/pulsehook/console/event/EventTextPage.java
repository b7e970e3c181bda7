package io.pulsehook.console.event;

import java.nio.charset.StandardCharsets;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

import io.pulsehook.console.frame.ConsoleController;
import io.pulsehook.console.frame.ConsoleSettings;
import io.pulsehook.console.frame.NotFoundException;

/**
 * Gives an event to other tools: its bytes, a command that posts it, a test that handles
 * it.
 */
@ConsoleController
@RequestMapping("/events/{id}")
public class EventTextPage {

	private static final MediaType TEXT = new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8);

	private final EventLookup lookup;

	private final ConsoleSettings settings;

	EventTextPage(EventLookup lookup, ConsoleSettings settings) {
		this.lookup = lookup;
		this.settings = settings;
	}

	// The body is always offered as a download: a browser must not run a script that a
	// sender has put into it.
	@GetMapping("/raw")
	ResponseEntity<byte[]> raw(@PathVariable String id) {
		FoundEvent found = this.lookup.find(id);
		return ResponseEntity.ok()
			.contentType(MediaType.APPLICATION_JSON)
			.header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"event-" + found.id() + ".json\"")
			.body(found.body());
	}

	@GetMapping("/curl")
	ResponseEntity<String> curl(@PathVariable String id) {
		String root = ServletUriComponentsBuilder.fromCurrentContextPath().build().toUriString();
		String webhooks = root + this.settings.basePath() + "/webhooks/";
		return text(CurlCommand.of(webhooks, this.lookup.find(id).body()));
	}

	@GetMapping("/test")
	ResponseEntity<String> test(@PathVariable String id) {
		return text(JunitTest.of(this.lookup.find(id)).orElseThrow(() -> new NotFoundException("JSON in event", id)));
	}

	private static ResponseEntity<String> text(String text) {
		return ResponseEntity.ok().contentType(TEXT).body(text);
	}

}
