package io.pulsehook.sendpulse;

import io.pulsehook.Delivery;

/**
 * A contact of a channel.
 */
final class Recipient {

	private final ChannelCalls calls;

	private final String contactId;

	private final Delivery delivery;

	Recipient(ChannelCalls calls, String contactId, Delivery delivery) {
		this.calls = calls;
		this.contactId = contactId;
		this.delivery = delivery;
	}

	@Override
	public String toString() {
		return this.calls + " " + this.contactId + " " + this.delivery;
	}

}
