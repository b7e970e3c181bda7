package io.pulsehook.console.handlers;

import java.time.Instant;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.pulsehook.console.format.Times.Time;
import io.pulsehook.inbox.model.HandlerState;
import io.pulsehook.inbox.model.HandlerState.Rest;

/**
 * The rest that a handler takes by itself, as pages show it.
 *
 * @param handler the handler's id
 * @param since when it began
 * @param until when the next delivery is tried; {@code null} if one may be tried now, or
 * if the handler does not rest any more
 * @param exhausted whether the handler has rested for so long in vain that failures use
 * up retries again
 * @param gone whether the handler is paused, since the system that it passes events on to
 * asked to be sent nothing more
 * @param reason what the handler threw last, without packages
 * @param probes how many deliveries were tried in vain
 */
public record RestRow(String handler, Time since, @Nullable Time until, boolean exhausted, boolean gone, String reason,
		int probes) {

	private static final Pattern PACKAGES = Pattern.compile("\\b(?:[a-z_][\\w]*\\.)+(?=[A-Z])");

	/**
	 * Makes the row of a handler.
	 * @param handler the handler's id
	 * @param state its state
	 * @param now the time of the page
	 * @return the row, or {@code null} if all is well or somebody has paused the handler
	 */
	public static @Nullable RestRow of(String handler, HandlerState state, Instant now) {
		Rest rest = state.rest();
		if (rest == null || (state.paused() && !state.isGone())) {
			return null;
		}
		Instant until = (rest.until() != null && rest.until().isAfter(now)) ? rest.until() : null;
		return new RestRow(handler, Time.of(rest.since(), now), Time.ofNullable(until, now), state.isExhausted(),
				state.isGone(), words(rest.reason()), rest.probes());
	}

	// What a destination answered is a sentence in quotation marks, for the log.
	private static String words(String reason) {
		String words = PACKAGES.matcher(reason).replaceAll("").replace('$', '.');
		return words.matches("'.*'") ? words.substring(1, words.length() - 1) : words;
	}

}
