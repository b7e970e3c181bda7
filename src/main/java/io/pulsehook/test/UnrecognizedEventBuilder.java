package io.pulsehook.test;

import tools.jackson.databind.node.ObjectNode;

import io.pulsehook.event.UnrecognizedEvent;

/**
 * Builds an event of no known shape: by default the status of a text message, which
 * another product of SendPulse's sends. Its fields are set by {@link #with}.
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
