package io.pulsehook.console.deadletters;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

import io.pulsehook.console.format.Times.Time;
import io.pulsehook.console.frame.ConsoleController;
import io.pulsehook.console.frame.Pages;
import io.pulsehook.inbox.model.Ids;

/**
 * Lists dead letters grouped by handler and cause: first the groups that ask for
 * attention, then those that somebody has taken notice of, and folded those that nobody
 * wants to hear of.
 */
@ConsoleController
@RequestMapping("/dead-letters")
public class DeadLettersPage {

	private static final int LIMIT = 25;

	private final DeadLetterGroups groups;

	private final GroupCards cards;

	private final Pages pages;

	DeadLettersPage(DeadLetterGroups groups, GroupCards cards, Pages pages) {
		this.groups = groups;
		this.cards = cards;
		this.pages = pages;
	}

	@GetMapping
	ModelAndView list(@RequestParam(defaultValue = "") String handler, @RequestParam(defaultValue = "") String from) {
		Snapshot snapshot = this.groups.snapshot();
		Map<String, Object> model = new HashMap<>();
		model.put("handler", handler);
		model.put("counting", snapshot == null);
		if (snapshot != null) {
			fill(model, snapshot, handler, Ids.parse(from).orElse(0L));
		}
		return this.pages.show("dead-letters", model);
	}

	private void fill(Map<String, Object> model, Snapshot snapshot, String handler, long asked) {
		Instant now = this.pages.now();
		GroupCards.Reading reading = this.cards.read(now);
		List<LetterGroup> wanted = snapshot.groups()
			.stream()
			.filter((group) -> handler.isEmpty() || handler.equals(group.handler()))
			.toList();
		List<LetterGroup> told = wanted.stream()
			.filter((group) -> !reading.isMuted(group))
			.sorted(Comparator.comparing(reading::isNew).reversed())
			.toList();
		int from = begin(asked, told.size());
		List<LetterGroup> shown = told.subList(from, Math.min(from + LIMIT, told.size()));
		model.put("asOf", snapshot.past() ? Time.of(snapshot.at(), now) : null);
		model.put("letters", snapshot.letters());
		model.put("chosen", wanted.stream().mapToLong(LetterGroup::letters).sum());
		model.put("handlers", handlers(snapshot, reading));
		model.put("fresh", shown.stream().filter(reading::isNew).map(reading::card).toList());
		model.put("noticed", shown.stream().filter((group) -> !reading.isNew(group)).map(reading::card).toList());
		model.put("muted", wanted.stream().filter(reading::isMuted).map(reading::folded).toList());
		model.put("next", (from + LIMIT < told.size()) ? from + LIMIT : null);
		model.put("rest", told.size() - from - shown.size());
	}

	// Shows the last groups if there are fewer than when the address was made.
	private static int begin(long asked, int groups) {
		int last = Math.max(groups - 1, 0) / LIMIT * LIMIT;
		return (int) Math.min(Math.max(asked, 0), last);
	}

	private static List<HandlerRow> handlers(Snapshot snapshot, GroupCards.Reading reading) {
		Map<String, HandlerRow> rows = new TreeMap<>();
		for (LetterGroup group : snapshot.groups()) {
			rows.merge(group.handler(),
					new HandlerRow(group.handler(), group.letters(), 1, reading.isKnown(group.handler())),
					HandlerRow::plus);
		}
		return rows.values().stream().sorted(Comparator.comparingLong(HandlerRow::letters).reversed()).toList();
	}

	/**
	 * The dead letters of a handler.
	 *
	 * @param handler the handler's id
	 * @param letters how many there are
	 * @param groups in how many groups
	 * @param known whether the handler still exists
	 */
	record HandlerRow(String handler, long letters, long groups, boolean known) {

		private HandlerRow plus(HandlerRow other) {
			return new HandlerRow(this.handler, this.letters + other.letters, this.groups + other.groups, this.known);
		}

	}

}
