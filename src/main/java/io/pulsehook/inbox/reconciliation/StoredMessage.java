package io.pulsehook.inbox.reconciliation;

import java.time.Instant;

/**
 * A message of a contact that was received.
 *
 * @param event the id of its event
 * @param at its own time, or that of its receipt if it has none
 * @param body the bytes of its event
 */
public record StoredMessage(long event, Instant at, byte[] body) {

	/**
	 * Leaves out what people wrote, because this text can end up in logs.
	 */
	@Override
	public String toString() {
		return "StoredMessage[event=" + this.event + "]";
	}

}
