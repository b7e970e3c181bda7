package io.pulsehook.dispatch.handler;

import java.util.Map;

/**
 * Knows where the settings of this process's handlers come from.
 */
@FunctionalInterface
public interface SettingOrigins {

	/**
	 * Tells where each setting of a handler comes from.
	 * @param handler the handler's id
	 * @return the origins by the names of the settings, none if this process does not
	 * have the handler
	 */
	Map<String, SettingOrigin> of(String handler);

}
