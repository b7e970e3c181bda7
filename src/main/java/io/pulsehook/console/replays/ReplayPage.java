package io.pulsehook.console.replays;

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

import io.pulsehook.console.format.Times.Time;
import io.pulsehook.console.frame.ConsoleController;
import io.pulsehook.console.frame.NotFoundException;
import io.pulsehook.console.frame.Pages;
import io.pulsehook.inbox.model.Ids;
import io.pulsehook.inbox.query.DeliveryPage.Cursor;
import io.pulsehook.inbox.replay.Replay;
import io.pulsehook.inbox.replay.ReplayedDelivery;
import io.pulsehook.inbox.replay.Replays;

/**
 * Shows the progress of a replay and what came of it, and cancels it.
 */
@ConsoleController
@RequestMapping("/replays/{id}")
public class ReplayPage {

	private static final int LIMIT = 50;

	private final Replays replays;

	private final Pages pages;

	ReplayPage(Replays replays, Pages pages) {
		this.replays = replays;
		this.pages = pages;
	}

	@GetMapping
	ModelAndView show(@PathVariable String id, @RequestParam(defaultValue = "") String show,
			@RequestParam(defaultValue = "") String before) {
		Replay replay = find(id);
		boolean failed = show.isEmpty() ? replay.failed() > 0 : !show.equals("succeeded");
		List<ReplayedDelivery> found = this.replays.ended(replay.id(), failed, Cursor.parse(before).orElse(null),
				LIMIT + 1);
		List<ReplayedDelivery> page = found.subList(0, Math.min(found.size(), LIMIT));
		Instant now = this.pages.now();
		Map<String, Object> model = new HashMap<>();
		model.put("replay", replay);
		model.put("row", ReplayRow.of(replay, now));
		model.put("finished", Time.ofNullable(replay.finishedAt(), now));
		model.put("failed", failed);
		model.put("ended", page.stream().map((delivery) -> Row.of(delivery, now)).toList());
		model.put("next", (found.size() > LIMIT) ? page.get(LIMIT - 1).place().toString() : null);
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

	/**
	 * A delivery of the replay that has ended.
	 *
	 * @param event the event's id
	 * @param handler the handler's id
	 * @param error why it failed again, or {@code null}
	 * @param at when it ended
	 */
	record Row(long event, String handler, @Nullable String error, Time at) {

		private static Row of(ReplayedDelivery delivery, Instant now) {
			return new Row(delivery.event(), delivery.handler(), delivery.error(), Time.of(delivery.endedAt(), now));
		}

	}

}
