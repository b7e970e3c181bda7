package io.pulsehook.destination;

/**
 * What is sent to a destination.
 */
public enum PayloadFormat {

	/**
	 * An object with the event as a record and as it came, described by a JSON Schema.
	 */
	EVENT,

	/** The bytes of the element as they came. */
	RAW

}
