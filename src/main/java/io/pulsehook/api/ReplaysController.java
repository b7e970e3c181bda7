package io.pulsehook.api;

import java.security.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import io.pulsehook.dispatch.DeliveryStates;
import io.pulsehook.dispatch.handler.RegisteredHandler;
import io.pulsehook.inbox.model.EventStatus;
import io.pulsehook.inbox.model.Ids;
import io.pulsehook.inbox.query.EventFilter;
import io.pulsehook.inbox.query.StoredEvents;
import io.pulsehook.inbox.replay.Replay;
import io.pulsehook.inbox.replay.ReplayRequest;
import io.pulsehook.inbox.replay.Replays;

/**
 * Hands events to handlers again: one at once, many step by step.
 */
@RestController
class ReplaysController {

	private final Replays replays;

	private final StoredEvents events;

	private final DeliveryStates states;

	ReplaysController(Replays replays, StoredEvents events, DeliveryStates states) {
		this.replays = replays;
		this.events = events;
		this.states = states;
	}

	@PostMapping("/events/{id}/replay")
	@ResponseStatus(HttpStatus.ACCEPTED)
	Started replayEvent(@PathVariable String id,
			@RequestBody(required = false) @Nullable Map<String, @Nullable Object> body, @Nullable Principal user) {
		long event = Ids.parse(id).flatMap(this.events::find).orElseThrow(() -> ApiProblems.unknown("event", id)).id();
		Options options = new Options(body);
		options.mustHaveNoFilters();
		Replay replay = this.replays.create(event, known(options.handlers()), options.includeDone(), name(user));
		return new Started(Long.toString(replay.id()), replay.deliveries());
	}

	@PostMapping("/replays")
	ResponseEntity<?> replay(@RequestBody Map<String, @Nullable Object> body, @Nullable Principal user) {
		Options options = new Options(body);
		boolean dryRun = options.dryRun();
		ReplayRequest request = request(options);
		if (dryRun) {
			return ResponseEntity.ok(this.replays.count(request));
		}
		return ResponseEntity.accepted().body(Progress.of(this.replays.create(request, name(user))));
	}

	private ReplayRequest request(Options options) {
		EventFilter filter = EventQuery.ofReplay(options.filters()).filter();
		Instant diedSince = options.diedSince();
		if (diedSince != null && (filter.status() != EventStatus.DEAD || options.includeDone())) {
			throw new BadParameterException(
					"Option 'diedSince' is for dead deliveries only. Set 'status' to dead, and leave out 'includeDone'.");
		}
		return new ReplayRequest(filter, known(options.handlers()), options.includeDone(), null, diedSince);
	}

	@GetMapping("/replays")
	Items list(@RequestParam Map<String, String> values) {
		Parameters parameters = new Parameters(values, Set.of("cursor", "limit"));
		String cursor = parameters.text("cursor");
		Long before = (cursor != null) ? Ids.parse(cursor).orElseThrow(() -> Parameters.badCursor(cursor)) : null;
		List<Replay> page = this.replays.newest(before, parameters.limit());
		boolean more = page.size() == parameters.limit();
		return new Items(page.stream().map(Progress::of).toList(),
				more ? Long.toString(page.get(page.size() - 1).id()) : null);
	}

	@GetMapping("/replays/{id}")
	Progress progress(@PathVariable String id) {
		return Progress.of(find(id));
	}

	@DeleteMapping("/replays/{id}")
	Progress cancel(@PathVariable String id) {
		this.replays.cancel(find(id).id());
		return progress(id);
	}

	private Replay find(String id) {
		return Ids.parse(id).flatMap(this.replays::find).orElseThrow(() -> ApiProblems.unknown("replay", id));
	}

	private static @Nullable String name(@Nullable Principal user) {
		return (user != null) ? user.getName() : null;
	}

	private Set<String> known(List<String> handlers) {
		Set<String> known = this.states.handlers()
			.stream()
			.map(RegisteredHandler::id)
			.collect(Collectors.toCollection(TreeSet::new));
		Set<String> asked = new TreeSet<>(handlers);
		if (!known.containsAll(asked)) {
			throw new BadParameterException("handlers", asked.toString(), "among " + known);
		}
		return asked;
	}

	/**
	 * The answer to a request that started a replay.
	 */
	record Started(String replayId, long deliveries) {

	}

	/**
	 * A page of replays, newest first.
	 */
	record Items(List<Progress> items, @Nullable String next) {

	}

	/**
	 * The progress of a replay, and what has come of it.
	 */
	record Progress(String replayId, String status, long events, long deliveries, long unfinished, long succeeded,
			long failed, Instant createdAt, @Nullable Instant finishedAt, @Nullable String askedBy,
			@Nullable String eventId, Set<String> handlers, @Nullable Instant diedSince, boolean forContact,
			boolean forText) {

		static Progress of(Replay replay) {
			return new Progress(Long.toString(replay.id()), replay.status().code(), replay.events(),
					replay.deliveries(), replay.unfinished(), replay.succeeded(), replay.failed(), replay.createdAt(),
					replay.finishedAt(), replay.askedBy(), Objects.toString(replay.onlyEvent(), null),
					replay.request().handlers(), replay.request().diedSince(), replay.forContact(), replay.forText());
		}

	}

}
