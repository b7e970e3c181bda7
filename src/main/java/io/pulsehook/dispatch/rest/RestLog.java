package io.pulsehook.dispatch.rest;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.pulsehook.inbox.model.HandlerState.Rest;
import io.pulsehook.inbox.model.RestChange;
import io.pulsehook.inbox.model.StateChange;

/**
 * Logs when a handler begins to rest and when it works again. Failures in between are not
 * logged one by one.
 */
final class RestLog {

	private static final Log logger = LogFactory.getLog(RestLog.class);

	private final String handler;

	RestLog(String handler) {
		this.handler = handler;
	}

	void changed(StateChange change) {
		Rest after = change.after().rest();
		if (change.isGone()) {
			logger.error("Handler '" + this.handler
					+ "' is paused, since what it passes events on to answered 410 Gone: "
					+ "send nothing more. Its events are kept and wait. Find out whether it has moved or is no longer wanted, "
					+ "then set its address right or remove the handler; once it is resumed, one delivery tries first.");
		}
		else if (change.isEndOfRest()) {
			logger.info("Handler '" + this.handler + "' works again and goes on.");
		}
		else if (after != null && change.isBeginOfRest()) {
			logger.warn("Handler '" + this.handler + "' rests until " + after.until() + " because of " + after.reason()
					+ "; from then on one delivery at a time is tried, and all go on when one succeeds. "
					+ "None spends a retry meanwhile.");
		}
		else if (after != null && change.isExhaustion()) {
			logger.error("Handler '" + this.handler + "' has rested since " + after.since() + " and " + after.probes()
					+ " deliveries were tried in vain, the last with " + after.reason() + ". After "
					+ RestChange.LONGEST.toHours() + " hours it rests no more: failures spend retries and end as dead "
					+ "letters until one succeeds. Mend the handler or what it calls, and replay the dead letters.");
		}
	}

}
