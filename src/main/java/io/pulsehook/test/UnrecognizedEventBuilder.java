package io.pulsehook.test;

import tools.jackson.databind.node.ObjectNode;

import io.pulsehook.event.UnrecognizedEvent;

/**
 * Builds an event that is not recognised: by default the status of an SMS, which another
 * product of SendPulse sends. Its fields are set with {@link #with}.
 */
public final class UnrecognizedEventBuilder extends EventBuilder<UnrecognizedEvent, UnrecognizedEventBuilder> {

	private final ObjectNode element = Json.object()
		.put("phone", "380985236985")
		.put("status", 1)
		.put("campaign_id", Unique.number());

	UnrecognizedEventBuilder() {
		super(UnrecognizedEvent.class);
	}

	@Override
	ObjectNode element() {
		return this.element.deepCopy();
	}

}
