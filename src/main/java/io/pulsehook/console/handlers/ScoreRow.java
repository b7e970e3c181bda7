package io.pulsehook.console.handlers;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

import io.pulsehook.console.format.Times;
import io.pulsehook.inbox.query.HandlerScores.Score;

/**
 * The recent results of a handler.
 *
 * @param handler the handler's id
 * @param done how many deliveries it finished
 * @param dead how many were given up
 * @param retried how many of those done took more than one attempt
 * @param success the percentage that it finished
 * @param median the median of the time from receipt to done
 * @param slowest the 95th percentile of that time
 */
public record ScoreRow(String handler, long done, long dead, long retried, String success, String median,
		String slowest) {

	public static @Nullable ScoreRow of(@Nullable Score score) {
		if (score == null) {
			return null;
		}
		double part = 100.0 * score.done() / (score.done() + score.dead());
		// A single failure among many must not be rounded away to 100.
		String success = (score.dead() == 0) ? "100" : String.format(Locale.ROOT, "%.1f", Math.min(part, 99.9));
		return new ScoreRow(score.handler(), score.done(), score.dead(), score.retried(), success + " %",
				Times.span(score.median()), Times.span(score.slowest()));
	}

}
