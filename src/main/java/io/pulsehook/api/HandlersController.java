package io.pulsehook.api;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import io.pulsehook.destination.ConfiguredDestination;
import io.pulsehook.destination.DestinationKind;
import io.pulsehook.destination.Destinations;
import io.pulsehook.dispatch.DeliveryStates;
import io.pulsehook.dispatch.Dispatcher;
import io.pulsehook.dispatch.HandlerTable;
import io.pulsehook.dispatch.handler.HandlerSettings;
import io.pulsehook.dispatch.handler.SettingOrigin;
import io.pulsehook.inbox.model.DeliveryStatus;
import io.pulsehook.inbox.model.HandlerState.Rest;

/**
 * Lists the handlers with the deliveries that wait for each, and pauses and resumes them.
 */
@RestController
@RequestMapping("/handlers")
class HandlersController {

	private final HandlerTable table;

	private final Dispatcher dispatcher;

	private final DeliveryStates states;

	private final Destinations destinations;

	HandlersController(HandlerTable table, Dispatcher dispatcher, DeliveryStates states, Destinations destinations) {
		this.table = table;
		this.dispatcher = dispatcher;
		this.states = states;
		this.destinations = destinations;
	}

	@GetMapping
	Items list() {
		return new Items(this.table.rows().stream().map(this::view).toList());
	}

	@PostMapping("/{id}/pause")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void pause(@PathVariable String id) {
		this.dispatcher.pause(known(id));
	}

	@PostMapping("/{id}/resume")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void resume(@PathVariable String id) {
		this.dispatcher.resume(known(id));
	}

	private String known(String id) {
		if (!this.states.isAlive(id)) {
			throw ApiProblems.unknown("handler", id);
		}
		return id;
	}

	private HandlerView view(HandlerTable.Row row) {
		return HandlerView.of(row, this.states.bursts(row.id()) != null, this.table.origins(row.id()),
				this.destinations.named(row.id()).map(DestinationView::of).orElse(null));
	}

	record Items(List<HandlerView> items) {

	}

	/**
	 * A handler.
	 *
	 * @param id the bean name
	 * @param type what it receives; {@code null} if there is no such bean any more
	 * @param destination where it passes events on to; {@code null} unless it is a
	 * destination of this replica
	 * @param bursts whether it gets what a contact sends within a short time together, as
	 * its settings say
	 * @param settings how it is run; {@code null} if there is no such bean any more, or
	 * if only other replicas have it
	 * @param origins where each of its settings comes from; {@code null} as the settings
	 * @param paused whether it is paused
	 * @param state a word for what it does
	 * @param rest the rest that it takes by itself; {@code null} while all is well
	 * @param counts the number of its deliveries by status, without those that are done;
	 * a running one is counted as pending or retrying as well
	 */
	record HandlerView(String id, @Nullable String type, @Nullable DestinationView destination, boolean bursts,
			@Nullable HandlerSettings settings, @Nullable Map<String, SettingOrigin> origins, boolean paused,
			String state, @Nullable Rest rest, Map<DeliveryStatus, Long> counts) {

		private static HandlerView of(HandlerTable.Row row, boolean bursts, Map<String, SettingOrigin> origins,
				@Nullable DestinationView destination) {
			String types = row.isOrphan() ? null : String.join(", ", row.types().stream().sorted().toList());
			return new HandlerView(row.id(), (row.type() != null) ? row.type() : types, destination, bursts,
					row.settings(), (row.settings() != null) ? origins : null, row.state().paused(),
					row.state().status().code(), row.state().rest(), row.counts());
		}

	}

	/**
	 * Where a handler passes events on to.
	 *
	 * @param kind what kind of system that is
	 * @param target its host, chat or topic, without anything secret
	 */
	record DestinationView(DestinationKind kind, String target) {

		private static DestinationView of(ConfiguredDestination destination) {
			return new DestinationView(destination.kind(), destination.target());
		}

	}

}
