package io.pulsehook.console.spool;

import java.util.Map;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

import io.pulsehook.console.frame.ConsoleController;
import io.pulsehook.console.frame.Pages;
import io.pulsehook.inbox.spool.RefusedBody;
import io.pulsehook.inbox.spool.Spool;

/**
 * Deletes a webhook that could not be stored, after the operator has typed its number:
 * nobody else has it any more.
 */
@ConsoleController
@RequestMapping("/spool/refused/{id}/delete")
public class SpoolDeletionPage {

	private final Spool spool;

	private final Pages pages;

	SpoolDeletionPage(Spool spool, Pages pages) {
		this.spool = spool;
		this.pages = pages;
	}

	@GetMapping
	ModelAndView ask(@PathVariable String id) {
		return ask(find(id), HttpStatus.OK);
	}

	@PostMapping
	ModelAndView delete(@PathVariable String id, @RequestParam(defaultValue = "") String confirmation) {
		RefusedBody body = find(id);
		if (!confirmation.strip().equals(Long.toString(body.id()))) {
			return ask(body, HttpStatus.BAD_REQUEST);
		}
		if (!this.spool.delete(body.id())) {
			throw SpoolPage.unknown(id);
		}
		return this.pages.goTo("/spool?deleted=" + body.id());
	}

	private ModelAndView ask(RefusedBody body, HttpStatus status) {
		return this.pages.show("spool-delete", status,
				Map.of("body", RefusedRow.of(body, this.pages.now()), "other", status != HttpStatus.OK));
	}

	private RefusedBody find(String id) {
		return this.spool.refused()
			.stream()
			.filter((body) -> Long.toString(body.id()).equals(id))
			.findFirst()
			.orElseThrow(() -> SpoolPage.unknown(id));
	}

}
