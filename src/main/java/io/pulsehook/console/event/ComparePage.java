package io.pulsehook.console.event;

import java.util.HashMap;
import java.util.Map;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

import io.pulsehook.console.frame.ConsoleController;
import io.pulsehook.console.frame.Pages;
import io.pulsehook.event.EventReader;

/**
 * Compares two events value by value.
 */
@ConsoleController
@RequestMapping("/events/{id}/compare")
public class ComparePage {

	/** A table of more rows would be slow in a browser. */
	private static final int MOST_ROWS = 2_000;

	private final EventLookup lookup;

	private final EventReader reader;

	private final Pages pages;

	ComparePage(EventLookup lookup, EventReader reader, Pages pages) {
		this.lookup = lookup;
		this.reader = reader;
		this.pages = pages;
	}

	@GetMapping
	ModelAndView compare(@PathVariable String id, @RequestParam(defaultValue = "") String with) {
		FoundEvent left = this.lookup.find(id);
		FoundEvent right = this.lookup.find(with.strip());
		Differences all = Differences.between(this.reader.readRaw(left.body()), this.reader.readRaw(right.body()));
		Map<String, Object> model = new HashMap<>();
		model.put("left", left.stored());
		model.put("right", right.stored());
		model.put("leftTitle", EventHeading.of(left).title());
		model.put("rightTitle", EventHeading.of(right).title());
		model.put("rows", all.rows().subList(0, Math.min(all.rows().size(), MOST_ROWS)));
		model.put("leftOut", Math.max(0, all.rows().size() - MOST_ROWS));
		model.put("same", all.same());
		return this.pages.show("event-compare", model);
	}

}
