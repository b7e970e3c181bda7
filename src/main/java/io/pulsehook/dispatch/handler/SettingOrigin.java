package io.pulsehook.dispatch.handler;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Where the value of a handler's setting comes from.
 */
public enum SettingOrigin {

	/** A property of the handler's own. */
	PROPERTY,

	/** The annotation of its bean method or class. */
	ANNOTATION,

	/** A property for all handlers, or else Pulsehook's default. */
	DEFAULT;

	/**
	 * Returns how the origin is written in JSON.
	 * @return the name in lower case
	 */
	@JsonValue
	public String value() {
		return name().toLowerCase(Locale.ROOT);
	}

}
