package io.pulsehook.api;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

import io.pulsehook.inbox.model.Ids;
import io.pulsehook.reconcile.Reconciliation;
import io.pulsehook.reconcile.ReconciliationStatus;
import io.pulsehook.reconcile.Reconciliations;

/**
 * Begins reconciliations, shows what they have found, and stores it.
 */
@RestController
@RequestMapping("/reconciliations")
class ReconciliationsController {

	private final ObjectProvider<Reconciliations> reconciliations;

	ReconciliationsController(ObjectProvider<Reconciliations> reconciliations) {
		this.reconciliations = reconciliations;
	}

	@PostMapping
	ResponseEntity<ReconciliationView> start(
			@RequestBody(required = false) @Nullable Map<String, @Nullable Object> body, HttpServletRequest request) {
		Reconciliations all = all();
		Duration asked = new Options(body).onlyWindow();
		ReconciliationView started = ReconciliationView.of(start(all, (asked != null) ? asked : all.window()), null);
		return ResponseEntity.accepted()
			.location(URI.create(request.getRequestURI() + "/" + started.id()))
			.body(started);
	}

	private static Reconciliation start(Reconciliations all, Duration window) {
		try {
			return all.start(window);
		}
		catch (IllegalArgumentException ex) {
			throw new BadParameterException(String.valueOf(ex.getMessage()));
		}
	}

	@GetMapping
	Items list(@RequestParam Map<String, String> parameters) {
		int limit = new Parameters(parameters, Set.of("limit")).limit();
		return new Items(all().newest(limit)
			.stream()
			.map((reconciliation) -> ReconciliationView.of(reconciliation, null))
			.toList());
	}

	@GetMapping("/{id}")
	ReconciliationView show(@PathVariable String id) {
		Reconciliation reconciliation = find(id);
		return ReconciliationView.of(reconciliation, all().missing(reconciliation.id()));
	}

	@PostMapping("/{id}/store")
	Stored store(@PathVariable String id) {
		Reconciliation reconciliation = find(id);
		if (reconciliation.status() == ReconciliationStatus.RUNNING) {
			throw new ResponseStatusException(HttpStatus.CONFLICT, "The reconciliation '" + id
					+ "' is still running, so that nothing was stored. Repeat it when its status is 'done'.");
		}
		return new Stored(all().store(reconciliation.id()));
	}

	private Reconciliation find(String id) {
		Reconciliations all = all();
		return Ids.parse(id).flatMap(all::find).orElseThrow(() -> ApiProblems.unknown("reconciliation", id));
	}

	private Reconciliations all() {
		Reconciliations all = this.reconciliations.getIfAvailable();
		if (all == null) {
			throw new NoSuchElementException("There are no reconciliations, because no account of SendPulse is "
					+ "configured that could be asked. Set pulsehook.sendpulse.client-id and .client-secret, or "
					+ "pulsehook.sendpulse.api-key.");
		}
		return all;
	}

	record Items(List<ReconciliationView> items) {

	}

	/**
	 * The answer to a request to store what was found.
	 *
	 * @param stored how many messages were stored now
	 */
	record Stored(long stored) {

	}

}
