package io.pulsehook.test;

import tools.jackson.databind.node.ObjectNode;

import io.pulsehook.event.FlowWebhook;

/**
 * Builds the webhook of a flow, which has its variables beside the contact's own fields.
 */
public final class FlowWebhookBuilder extends ChatbotEventBuilder<FlowWebhook, FlowWebhookBuilder> {

	FlowWebhookBuilder() {
		super(FlowWebhook.class, "A step of a flow");
		addUsualDetails();
	}

	/**
	 * Sets the title.
	 * @param title what the flow's author typed; not blank, and no title of SendPulse's
	 * own
	 * @return this builder
	 */
	public FlowWebhookBuilder title(String title) {
		setTitle(title);
		return this;
	}

	@Override
	void addVariables(ObjectNode contact, ObjectNode variables) {
		contact.setAll(variables);
	}

}
