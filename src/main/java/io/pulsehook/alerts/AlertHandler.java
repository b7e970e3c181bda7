package io.pulsehook.alerts;

import java.util.Set;

import io.pulsehook.destination.http.HttpClients;
import io.pulsehook.dispatch.handler.HandlerSettings;
import io.pulsehook.dispatch.handler.RegisteredHandler;

/**
 * Posts alarms. It is the only handler that is not a bean of the application; the inbox
 * keeps, retries and shows its alarms like events.
 */
public final class AlertHandler {

	/** The id under which the handler can be configured and paused like any other. */
	public static final String ID = "pulsehookAlerts";

	/**
	 * The type under which the inbox keeps alarms. No record has this name, so that no
	 * other handler receives them.
	 */
	static final String TYPE = "Alert";

	private AlertHandler() {
	}

	/**
	 * Makes the handler.
	 * @param settings where it posts, and in which format
	 * @param retries how often it tries; it posts one alarm at a time, whatever they say
	 * @param clients the clients that it posts with
	 * @return the handler, to be run beside those of the application
	 */
	public static RegisteredHandler create(AlertSettings settings, HandlerSettings retries, HttpClients clients) {
		return RegisteredHandler.ofDestination(ID, TYPE, Set.of(TYPE), new AlertDestination(settings, clients),
				retries.oneAtATime());
	}

}
