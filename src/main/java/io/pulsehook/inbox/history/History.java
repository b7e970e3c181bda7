package io.pulsehook.inbox.history;

import java.time.Instant;
import java.util.Map;

/**
 * How the deliveries of all events went that were received in a period.
 *
 * @param window the period
 * @param start when it began
 * @param handlers what each handler did, by its id; only handlers that had something to
 * do
 */
public record History(Window window, Instant start, Map<String, HandlerRecord> handlers) {

	/**
	 * Returns what a handler did.
	 * @param handler its id
	 * @return its record, with nothing in it if it had nothing to do
	 */
	public HandlerRecord of(String handler) {
		return this.handlers.getOrDefault(handler, HandlerRecord.NONE);
	}

}
