package io.pulsehook.console.replays;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

import io.pulsehook.console.frame.ConsoleController;
import io.pulsehook.console.frame.Pages;
import io.pulsehook.inbox.model.Ids;
import io.pulsehook.inbox.replay.Replay;
import io.pulsehook.inbox.replay.Replays;

/**
 * Lists what was run again: who asked for it, when, and what came of it.
 */
@ConsoleController
@RequestMapping("/replays")
public class ReplaysPage {

	private static final int LIMIT = 50;

	private final Replays replays;

	private final Pages pages;

	ReplaysPage(Replays replays, Pages pages) {
		this.replays = replays;
		this.pages = pages;
	}

	@GetMapping
	ModelAndView list(@RequestParam(defaultValue = "") String before) {
		List<Replay> found = this.replays.newest(Ids.parse(before).orElse(null), LIMIT + 1);
		List<Replay> page = found.subList(0, Math.min(found.size(), LIMIT));
		Instant now = this.pages.now();
		Map<String, Object> model = new HashMap<>();
		model.put("replays", page.stream().map((replay) -> ReplayRow.of(replay, now)).toList());
		model.put("next", (found.size() > LIMIT) ? page.get(LIMIT - 1).id() : null);
		return this.pages.show("replays", model);
	}

}
