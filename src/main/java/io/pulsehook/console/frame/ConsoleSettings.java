package io.pulsehook.console.frame;

import java.time.InstantSource;
import java.util.List;

/**
 * The settings of the console.
 *
 * @param basePath what precedes {@code /console} within the application; empty or with a
 * slash at its beginning only
 * @param login whether it has a login form and a logout of its own
 * @param endpoints the sources that SendPulse may post to
 * @param clock tells how long ago things were
 * @param reconciles whether there is an account of SendPulse to reconcile with
 */
public record ConsoleSettings(String basePath, boolean login, List<Endpoint> endpoints, InstantSource clock,
		boolean reconciles) {

	public String path() {
		return this.basePath + "/console";
	}

	/**
	 * A source with its tokens.
	 *
	 * @param source the name of the source
	 * @param tokens the last parts of its URLs
	 */
	public record Endpoint(String source, List<String> tokens) {

		/**
		 * Leaves the tokens out, because this text can end up in logs.
		 */
		@Override
		public String toString() {
			return "Endpoint[source=" + this.source + "]";
		}

	}

}
