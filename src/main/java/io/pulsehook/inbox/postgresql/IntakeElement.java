package io.pulsehook.inbox.postgresql;

import io.pulsehook.inbox.model.NewEvent;
import io.pulsehook.inbox.write.Intake;

/**
 * An element of one of the requests that are stored together.
 *
 * @param intake the request
 * @param event the event that the element tells of
 */
record IntakeElement(Intake intake, NewEvent event) {

	int bytes() {
		return this.event.body().length;
	}

}
