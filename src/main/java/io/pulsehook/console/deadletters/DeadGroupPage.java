package io.pulsehook.console.deadletters;

import java.security.Principal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.util.UriComponentsBuilder;

import io.pulsehook.console.format.Times.Time;
import io.pulsehook.console.frame.ConsoleController;
import io.pulsehook.console.frame.Pages;
import io.pulsehook.inbox.model.Ids;
import io.pulsehook.inbox.triage.DeadLetter;
import io.pulsehook.inbox.triage.DeadLetters;
import io.pulsehook.inbox.triage.GroupKey;
import io.pulsehook.inbox.triage.GroupState;
import io.pulsehook.inbox.triage.Triage;

/**
 * Shows a group of dead letters: why they died, whom they are about, and the letters
 * themselves. Somebody can take notice of it there, or mute it.
 */
@ConsoleController
@RequestMapping("/dead-letters/group")
public class DeadGroupPage {

	private static final int LIMIT = 50;

	private final DeadLetterGroups groups;

	private final DeadLetters letters;

	private final GroupCards cards;

	private final Triage triage;

	private final Pages pages;

	DeadGroupPage(DeadLetterGroups groups, DeadLetters letters, GroupCards cards, Triage triage, Pages pages) {
		this.groups = groups;
		this.letters = letters;
		this.cards = cards;
		this.triage = triage;
		this.pages = pages;
	}

	@GetMapping
	ModelAndView show(@RequestParam String handler, @RequestParam String error,
			@RequestParam(defaultValue = "") String before) {
		Snapshot snapshot = this.groups.snapshot();
		LetterGroup group = (snapshot != null) ? snapshot.find(handler, error).orElse(null) : null;
		Instant now = this.pages.now();
		GroupCards.Reading reading = this.cards.read(now);
		Map<String, Object> model = new HashMap<>();
		model.put("handler", handler);
		model.put("error", error);
		model.put("counting", snapshot == null);
		model.put("asOf", (snapshot != null && snapshot.past()) ? Time.of(snapshot.at(), now) : null);
		model.put("group", (group != null) ? reading.card(group) : null);
		model.put("known", reading.isKnown(handler));
		List<Long> events = (group != null) ? group.events(Ids.parse(before).orElse(Long.MAX_VALUE), LIMIT + 1)
				: List.of();
		List<Long> page = events.subList(0, Math.min(events.size(), LIMIT));
		model.put("rows", this.letters.find(handler, page).stream().map((letter) -> Row.of(letter, now)).toList());
		model.put("next", (events.size() > LIMIT) ? page.get(LIMIT - 1) : null);
		return this.pages.show("dead-group", model);
	}

	@PostMapping
	ModelAndView decide(@RequestParam String handler, @RequestParam String error, @RequestParam String decision,
			@RequestParam(defaultValue = "") String note, @Nullable Principal user) {
		GroupKey key = GroupKey.of(handler, error);
		String by = (user != null) ? user.getName() : null;
		String why = note.isBlank() ? null : note.strip();
		switch (decision) {
			case "acknowledge" -> this.triage.decide(key, GroupState.ACKNOWLEDGED, why, by);
			case "mute" -> this.triage.decide(key, GroupState.MUTED, why, by);
			default -> this.triage.reopen(key);
		}
		return this.pages.goTo(UriComponentsBuilder.fromPath("/dead-letters/group")
			.queryParam("handler", "{handler}")
			.queryParam("error", "{error}")
			.encode()
			.buildAndExpand(handler, error)
			.toUriString());
	}

	/**
	 * A dead letter.
	 *
	 * @param event the event's id
	 * @param why why it was given up
	 * @param attempts after how many attempts
	 * @param died when
	 */
	record Row(long event, Failure why, int attempts, Time died) {

		private static Row of(DeadLetter letter, Instant now) {
			return new Row(letter.event(), Failure.of(letter.error()), letter.attempts(),
					Time.of(letter.diedAt(), now));
		}

	}

}
