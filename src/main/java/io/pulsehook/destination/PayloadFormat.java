package io.pulsehook.destination;

import io.pulsehook.dispatch.handler.OutgoingEvent;

/**
 * What is sent to a destination.
 */
public enum PayloadFormat {

	/**
	 * An object with the event as a record and as it came, described by a JSON Schema.
	 */
	EVENT {

		@Override
		public byte[] payload(OutgoingEvent event) {
			return EventPayload.of(event);
		}

	},

	/** The bytes of the element as they came. */
	RAW {

		@Override
		public byte[] payload(OutgoingEvent event) {
			return event.body();
		}

	};

	/**
	 * Makes the payload of an event.
	 * @param event the event
	 * @return the same bytes at every attempt
	 */
	public abstract byte[] payload(OutgoingEvent event);

}
