package io.pulsehook.console.reconcile;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

import io.pulsehook.console.format.Times;
import io.pulsehook.console.frame.ConsoleController;
import io.pulsehook.console.frame.NotFoundException;
import io.pulsehook.console.frame.Pages;
import io.pulsehook.inbox.model.Ids;
import io.pulsehook.reconcile.ReconcileSettings;
import io.pulsehook.reconcile.Reconciliation;
import io.pulsehook.reconcile.Reconciliations;

/**
 * Shows the reconciliations and what each has found, begins one, and stores what was
 * found.
 */
@ConsoleController
@RequestMapping("/reconciliations")
public class ReconciliationsPage {

	private static final int SHOWN = 50;

	private final Reconciliations reconciliations;

	private final ReconcileSettings settings;

	private final Pages pages;

	ReconciliationsPage(Reconciliations reconciliations, ReconcileSettings settings, Pages pages) {
		this.reconciliations = reconciliations;
		this.settings = settings;
		this.pages = pages;
	}

	@GetMapping
	ModelAndView list() {
		Instant now = this.pages.now();
		List<ReconciliationRow> rows = this.reconciliations.newest(SHOWN)
			.stream()
			.map((reconciliation) -> ReconciliationRow.of(reconciliation, now))
			.toList();
		Map<String, Object> model = new HashMap<>();
		model.put("rows", rows);
		model.put("running", rows.stream().anyMatch(ReconciliationRow::running));
		model.put("window", Times.span(this.reconciliations.window()));
		model.put("every", (this.settings.reconcile() != null) ? Times.span(this.settings.reconcile()) : null);
		return this.pages.show("reconciliations", model);
	}

	@PostMapping
	ModelAndView start() {
		return goTo(this.reconciliations.start(this.reconciliations.window()).id());
	}

	@GetMapping("/{id}")
	ModelAndView show(@PathVariable String id, @RequestParam(required = false) @Nullable Long stored) {
		Reconciliation reconciliation = find(id);
		Instant now = this.pages.now();
		Map<String, Object> model = new HashMap<>();
		model.put("row", ReconciliationRow.of(reconciliation, now));
		model.put("messages",
				this.reconciliations.missing(reconciliation.id())
					.stream()
					.map((message) -> MissingRow.of(message, now))
					.toList());
		model.put("stored", stored);
		return this.pages.show("reconciliation", model);
	}

	@PostMapping("/{id}/store")
	ModelAndView store(@PathVariable String id) {
		Reconciliation reconciliation = find(id);
		if (ReconciliationRow.of(reconciliation, this.pages.now()).running()) {
			return goTo(reconciliation.id());
		}
		long stored = this.reconciliations.store(reconciliation.id());
		return this.pages.goTo("/reconciliations/" + reconciliation.id() + "?stored=" + stored);
	}

	private ModelAndView goTo(long id) {
		return this.pages.goTo("/reconciliations/" + id);
	}

	private Reconciliation find(String id) {
		return Ids.parse(id)
			.flatMap(this.reconciliations::find)
			.orElseThrow(() -> new NotFoundException("reconciliation", id));
	}

}
