package io.pulsehook.console.deadletters;

import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

import io.pulsehook.console.format.Times.Time;
import io.pulsehook.console.frame.ConsoleController;
import io.pulsehook.console.frame.Pages;
import io.pulsehook.inbox.model.EventStatus;
import io.pulsehook.inbox.query.EventFilter;
import io.pulsehook.inbox.replay.Replay;
import io.pulsehook.inbox.replay.ReplayRequest;
import io.pulsehook.inbox.replay.Replays;

/**
 * Runs dead letters again: all of them, those of a handler, or a group, and of these only
 * those that died since a moment. It says how many they are before it does.
 */
@ConsoleController
@RequestMapping("/dead-letters/replay")
public class DeadReplayPage {

	private static final EventFilter DEAD = EventFilter.builder().status(EventStatus.DEAD).build();

	private final DeadLetterGroups groups;

	private final GroupCards cards;

	private final Replays replays;

	private final Pages pages;

	DeadReplayPage(DeadLetterGroups groups, GroupCards cards, Replays replays, Pages pages) {
		this.groups = groups;
		this.cards = cards;
		this.replays = replays;
		this.pages = pages;
	}

	@GetMapping
	ModelAndView confirm(@RequestParam(defaultValue = "") String handler, @RequestParam(defaultValue = "") String error,
			@RequestParam(defaultValue = "") String since, @RequestParam(defaultValue = "") String zone) {
		Since moment = Since.of(since, zone);
		Instant now = this.pages.now();
		Map<String, Object> model = new HashMap<>();
		model.put("handler", handler);
		model.put("error", error);
		model.put("since", moment);
		model.put("sinceTime", Time.ofNullable(moment.instant(), now));
		model.put("presets",
				List.of(Preset.of("Last hour", Duration.ofHours(1), now),
						Preset.of("Last 24 hours", Duration.ofDays(1), now),
						Preset.of("Last 7 days", Duration.ofDays(7), now)));
		Snapshot snapshot = this.groups.snapshot();
		model.put("counting", snapshot == null);
		if (snapshot != null) {
			GroupCards.Reading reading = this.cards.read(now);
			Predicate<LetterGroup> wanted = (group) -> (handler.isEmpty() || handler.equals(group.handler()))
					&& (error.isEmpty() || error.equals(group.error()));
			model.put("count", snapshot.letters(wanted.and(reading::isKnown), moment.instant()));
			model.put("gone", snapshot.letters(wanted.and((group) -> !reading.isKnown(group)), moment.instant()));
			model.put("muted", snapshot.letters(wanted.and(reading::isKnown).and(reading::isMuted), moment.instant()));
			model.put("asOf", snapshot.past() ? Time.of(snapshot.at(), now) : null);
		}
		return this.pages.show("replay-confirm", model);
	}

	@PostMapping
	ModelAndView replay(@RequestParam(defaultValue = "") String handler, @RequestParam(defaultValue = "") String error,
			@RequestParam(defaultValue = "") String since, @Nullable Principal user) {
		ReplayRequest request = new ReplayRequest(DEAD, handler.isEmpty() ? Set.of() : Set.of(handler), false,
				error.isEmpty() ? null : error, Since.of(since, "").instant());
		Replay replay = this.replays.create(request, (user != null) ? user.getName() : null);
		return this.pages.goTo("/replays/" + replay.id());
	}

	/**
	 * A moment to choose with one click.
	 *
	 * @param name what the link says
	 * @param since the moment
	 */
	record Preset(String name, Instant since) {

		private static Preset of(String name, Duration ago, Instant now) {
			return new Preset(name, now.minus(ago));
		}

	}

}
