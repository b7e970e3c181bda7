package io.pulsehook.console.spool;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

import io.pulsehook.console.frame.ConsoleController;
import io.pulsehook.console.frame.NotFoundException;
import io.pulsehook.console.frame.Pages;
import io.pulsehook.inbox.Inbox;
import io.pulsehook.inbox.model.Ids;
import io.pulsehook.inbox.spool.Spool;

/**
 * Shows what waits in the spool and what could not be stored, and has that tried again.
 * It asks nothing of the database, which is away when the page is needed.
 */
@ConsoleController
@RequestMapping("/spool")
public class SpoolPage {

	private final Spool spool;

	private final Inbox inbox;

	private final Pages pages;

	SpoolPage(Spool spool, Inbox inbox, Pages pages) {
		this.spool = spool;
		this.inbox = inbox;
		this.pages = pages;
	}

	@GetMapping
	ModelAndView show(@RequestParam(required = false) @Nullable Long again,
			@RequestParam(required = false) @Nullable Long deleted) {
		Instant now = this.pages.now();
		Map<String, Object> model = new HashMap<>();
		model.put("spool", SpoolSummary.of(this.spool.status(), this.spool.oldest(), this.inbox.outage(), now));
		model.put("bodies", this.spool.refused().stream().map((body) -> RefusedRow.of(body, now)).toList());
		model.put("again", again);
		model.put("deleted", deleted);
		return this.pages.show("spool", model);
	}

	@GetMapping("/refused/{id}/body")
	ResponseEntity<byte[]> download(@PathVariable String id) {
		long known = Ids.parse(id).orElseThrow(() -> unknown(id));
		byte[] body = Optional.ofNullable(this.spool.refusedBody(known)).orElseThrow(() -> unknown(id));
		return ResponseEntity.ok()
			.contentType(MediaType.APPLICATION_OCTET_STREAM)
			.header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"webhook-" + known + ".json\"")
			.body(body);
	}

	@PostMapping("/refused/{id}/retry")
	ModelAndView tryAgain(@PathVariable String id) {
		long tried = Ids.parse(id).filter(this.spool::tryAgain).orElseThrow(() -> unknown(id));
		return this.pages.goTo("/spool?again=" + tried);
	}

	static NotFoundException unknown(String id) {
		return new NotFoundException("refused webhook", id);
	}

}
