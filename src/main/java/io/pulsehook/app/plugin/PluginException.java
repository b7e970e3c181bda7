package io.pulsehook.app.plugin;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a plug-in cannot be used until somebody has changed something.
 */
final class PluginException extends RuntimeException {

	private final String action;

	PluginException(String problem, String action, @Nullable Throwable cause) {
		super(problem, cause);
		this.action = action;
	}

	/**
	 * What to change.
	 * @return a sentence
	 */
	String action() {
		return this.action;
	}

}
