package io.pulsehook.console.handlers;

import java.util.HashMap;
import java.util.Map;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

import io.pulsehook.console.frame.ConsoleController;
import io.pulsehook.console.frame.NotFoundException;
import io.pulsehook.console.frame.Pages;
import io.pulsehook.inbox.model.Ids;
import io.pulsehook.inbox.model.ReplayStatus;
import io.pulsehook.inbox.replay.Replay;
import io.pulsehook.inbox.replay.Replays;

/**
 * Shows the progress of a replay, and cancels it.
 */
@ConsoleController
@RequestMapping("/replays/{id}")
public class ReplayPage {

	private final Replays replays;

	private final Pages pages;

	ReplayPage(Replays replays, Pages pages) {
		this.replays = replays;
		this.pages = pages;
	}

	@GetMapping
	ModelAndView show(@PathVariable String id) {
		Replay replay = find(id);
		Map<String, Object> model = new HashMap<>();
		model.put("replay", replay);
		model.put("ended", replay.deliveries() - replay.unfinished());
		boolean running = replay.status() == ReplayStatus.RUNNING;
		model.put("running", running);
		model.put("over", !running && replay.unfinished() == 0);
		return this.pages.show("replay", model);
	}

	@PostMapping("/cancel")
	ModelAndView cancel(@PathVariable String id) {
		Replay replay = find(id);
		this.replays.cancel(replay.id());
		return this.pages.goTo("/replays/" + replay.id());
	}

	private Replay find(String id) {
		return Ids.parse(id).flatMap(this.replays::find).orElseThrow(() -> new NotFoundException("replay", id));
	}

}
