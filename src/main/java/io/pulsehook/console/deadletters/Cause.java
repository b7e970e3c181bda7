package io.pulsehook.console.deadletters;

import java.time.Instant;

/**
 * Why deliveries of a handler failed for good.
 *
 * @param error what their errors have in common
 * @param example the error of the newest
 * @param letters how many there are
 * @param last when the last of them died
 * @param event the event of the newest
 */
public record Cause(String error, String example, long letters, Instant last, long event) {

	static Cause of(LetterGroup group) {
		return new Cause(group.error(), group.newest().error(), group.letters(), group.last(), group.newest().event());
	}

}
