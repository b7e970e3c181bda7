package io.pulsehook.console.replays;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.pulsehook.console.format.Labels;
import io.pulsehook.console.format.Times.Time;
import io.pulsehook.inbox.model.EventStatus;
import io.pulsehook.inbox.query.EventFilter;
import io.pulsehook.inbox.replay.Replay;
import io.pulsehook.inbox.replay.ReplayRequest;
import io.pulsehook.inbox.replay.ReplayStatus;

/**
 * A replay as the pages show it.
 *
 * @param id its id
 * @param what what was run again
 * @param details which of these, in words
 * @param event the event, if it was one alone, or {@code null}
 * @param by who asked for it, or {@code null} if that is not known
 * @param created when
 * @param deliveries how many deliveries it has made so far
 * @param ended how many of these have ended
 * @param succeeded how many of these were handled
 * @param failed how many of these failed again
 * @param unknown how many of these ended without a result
 * @param state how far it is
 */
record ReplayRow(long id, String what, List<Detail> details, @Nullable Long event, @Nullable String by, Time created,
		long deliveries, long ended, long succeeded, long failed, long unknown, State state) {

	static ReplayRow of(Replay replay, Instant now) {
		return new ReplayRow(replay.id(), what(replay), details(replay.request(), now), replay.onlyEvent(),
				replay.askedBy(), Time.of(replay.createdAt(), now), replay.deliveries(),
				replay.deliveries() - replay.unfinished(), replay.succeeded(), replay.failed(), replay.unknown(),
				State.of(replay));
	}

	private static String what(Replay replay) {
		if (replay.onlyEvent() != null) {
			return "Event " + replay.onlyEvent();
		}
		return (replay.request().filter().status() == EventStatus.DEAD) ? "Dead letters" : "Events";
	}

	private static List<Detail> details(ReplayRequest request, Instant now) {
		EventFilter filter = request.filter();
		return Stream
			.of(Detail.of(handlers(request)), Detail.of((request.error() != null) ? "of one cause" : null),
					Detail.of("that died since", request.diedSince(), now),
					Detail.of(named("kind", (filter.kind() != null) ? filter.kind().code() : null)),
					Detail.of((filter.type() != null) ? Labels.type(filter.type()) : null),
					Detail.of(named("title", filter.title())),
					Detail.of((filter.service() != null) ? "from " + Labels.service("", filter.service()) : null),
					Detail.of(named("source", filter.source())), Detail.of(named("bot", filter.bot())),
					Detail.of((filter.contact() != null) ? "of one contact" : null),
					Detail.of((filter.text() != null) ? "with a text" : null),
					Detail.of((filter.status() != null && filter.status() != EventStatus.DEAD)
							? named("status", filter.status().code()) : null),
					Detail.of("received since", filter.from(), now), Detail.of("received before", filter.to(), now))
			.flatMap(Optional::stream)
			.toList();
	}

	private static @Nullable String handlers(ReplayRequest request) {
		return request.handlers().isEmpty() ? null
				: "of " + request.handlers().stream().sorted().collect(Collectors.joining(", "));
	}

	private static @Nullable String named(String name, @Nullable String value) {
		return (value != null) ? name + " " + value : null;
	}

	/**
	 * A part of what narrows a replay.
	 *
	 * @param text the words
	 * @param time the time that follows the words, or {@code null}
	 */
	record Detail(String text, @Nullable Time time) {

		private static Optional<Detail> of(@Nullable String text) {
			return (text != null) ? Optional.of(new Detail(text, null)) : Optional.empty();
		}

		private static Optional<Detail> of(String text, @Nullable Instant time, Instant now) {
			return (time != null) ? Optional.of(new Detail(text, Time.of(time, now))) : Optional.empty();
		}

	}

	/**
	 * How far a replay is.
	 *
	 * @param text what to call it
	 * @param tone {@code good}, {@code bad} or {@code neutral}
	 * @param running whether it makes deliveries still
	 * @param over whether nothing of it is unfinished
	 */
	record State(String text, String tone, boolean running, boolean over) {

		private static State of(Replay replay) {
			boolean running = replay.status() == ReplayStatus.RUNNING;
			boolean over = !running && replay.unfinished() == 0;
			return switch (replay.status()) {
				case CANCELLED -> new State("Cancelled", "neutral", false, over);
				case FAILED -> new State("Stopped by the database", "bad", false, over);
				default -> over ? ended(replay) : new State("Running again…", "neutral", running, false);
			};
		}

		private static State ended(Replay replay) {
			if (replay.deliveries() == 0) {
				return new State("Nothing to run again", "neutral", false, true);
			}
			if (replay.failed() == 0) {
				return new State((replay.unknown() == 0) ? "All succeeded" : "Ended",
						(replay.unknown() == 0) ? "good" : "neutral", false, true);
			}
			return new State((replay.succeeded() == 0) ? "All failed again" : "Some failed again", "bad", false, true);
		}

	}

}
