package io.pulsehook.sendpulse;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import io.pulsehook.Delivery;
import io.pulsehook.sendpulse.http.ChannelApi;

/**
 * A contact of a channel: what can be sent to it, changed about it, and read of it. Made
 * by {@link SendPulse#to}, and used by the handler's thread while it handles the
 * delivery.
 *
 * <p>
 * <strong>Once.</strong> What reaches the contact, which is whatever is sent and the
 * flows that are run, is a step of the delivery, as {@link Delivery#sendOnce} says: when
 * the handler fails afterwards, its next attempt does not send it again. A handler
 * therefore sends in the same order in each attempt. After a crash or a call without an
 * answer, a message can be sent a second time. Changes of the contact are made in each
 * attempt.
 *
 * <p>
 * <strong>Failures.</strong> Every call throws
 * <ul>
 * <li>a {@link CallRefusedException} if no attempt can succeed, such as
 * {@link OutsideWindowException}: the delivery becomes a dead letter at once;</li>
 * <li>a {@link io.pulsehook.RetryLaterException} if SendPulse asks for a pause;</li>
 * <li>a {@link io.pulsehook.PutOffException} if too many calls wait in this process
 * already;</li>
 * <li>a {@link SendPulseException} if it failed in any other way, and can succeed
 * later;</li>
 * <li>an {@link UnsupportedOperationException} if SendPulse's API has no such message for
 * the channel.</li>
 * </ul>
 * A handler lets all of them through.
 */
public final class Recipient {

	private static final JsonMapper JSON = JsonMapper.shared();

	/** How many messages of a chat are read if nobody says. */
	private static final int HISTORY_SIZE = 100;

	private final ContactSteps contact;

	private final MessageForms forms;

	Recipient(ChannelCalls calls, String contactId, Delivery delivery) {
		this.contact = new ContactSteps(calls, contactId, delivery);
		this.forms = new MessageForms(calls.channel());
	}

	/**
	 * Sends a text.
	 * @param text the text
	 * @param buttons the buttons below it, each in a row of its own where the channel has
	 * rows. With buttons, Instagram and Messenger show the text as a card's title
	 * @throws IllegalArgumentException if the text is blank
	 */
	public void text(String text, Button... buttons) {
		if (text.isBlank()) {
			throw new IllegalArgumentException("A text to send is not blank.");
		}
		send("text", this.forms.text(text, List.of(buttons)));
	}

	/**
	 * Sends an image. TikTok has none.
	 * @param url the image's address, from which SendPulse or the channel fetches it
	 * @throws IllegalArgumentException if the address is none
	 */
	public void image(String url) {
		image(url, "");
	}

	/**
	 * Sends an image with a caption, which Telegram and WhatsApp have.
	 * @param url the image's address, from which SendPulse or the channel fetches it
	 * @param caption the text below it, empty for none
	 * @throws IllegalArgumentException if the address is none
	 */
	public void image(String url, String caption) {
		send("image", this.forms.file("image", url, caption));
	}

	/**
	 * Sends a document. Instagram, Viber and TikTok have none.
	 * @param url the document's address, from which SendPulse or the channel fetches it
	 * @throws IllegalArgumentException if the address is none
	 */
	public void document(String url) {
		document(url, "");
	}

	/**
	 * Sends a document with a caption, which Telegram and WhatsApp have.
	 * @param url the document's address, from which SendPulse or the channel fetches it
	 * @param caption the text below it, empty for none
	 * @throws IllegalArgumentException if the address is none
	 */
	public void document(String url, String caption) {
		send("document", this.forms.file("document", url, caption));
	}

	/**
	 * Sends an approved template of WhatsApp, which may be sent at any time. No other
	 * channel has templates.
	 * @param name the template's name
	 * @param language the code of its language, such as {@code en}
	 * @param parameters the texts that take the places in its body, in their order
	 */
	public void template(String name, String language, String... parameters) {
		ObjectNode template = JSON.createObjectNode().put("name", name);
		template.putObject("language").put("code", language);
		ArrayNode components = template.putArray("components");
		if (parameters.length > 0) {
			ArrayNode body = components.addObject().put("type", "body").putArray("parameters");
			for (String parameter : parameters) {
				body.addObject().put("type", "text").put("text", parameter);
			}
		}
		template(template);
	}

	/**
	 * Sends an approved template of WhatsApp that has more than texts in its body.
	 * @param template its {@code name}, {@code language} and {@code components}, as
	 * SendPulse's API has them
	 */
	public void template(JsonNode template) {
		this.contact.send("template", this.forms.template(template).fill(), ChannelApi::sendTemplate);
	}

	/**
	 * Sends whatever else the channel takes, such as a carousel or a voice message.
	 * @param message one message with its {@code type}, as SendPulse's API has it in
	 * {@code message} or in the list {@code messages}
	 * @throws IllegalArgumentException if it is not an object
	 */
	public void send(JsonNode message) {
		if (!message.isObject()) {
			throw new IllegalArgumentException("A message to send is one object, not a list and not a text.");
		}
		send("send", this.forms.message(message));
	}

	private void send(String operation, JsonForm form) {
		this.contact.send(operation, form.fill(), ChannelApi::send);
	}

	/**
	 * Sets a variable of the contact.
	 * @param name the variable's name
	 * @param value a text, a number or a boolean
	 * @throws IllegalArgumentException if the value is anything else
	 */
	public void setVariable(String name, Object value) {
		setVariables(Map.of(name, value));
	}

	/**
	 * Sets variables of the contact.
	 * @param variables the values by their names: texts, numbers or booleans; none is no
	 * call
	 * @throws IllegalArgumentException if a value is anything else
	 */
	public void setVariables(Map<String, ?> variables) {
		ObjectNode fields = JSON.createObjectNode();
		ArrayNode all = fields.putArray("variables");
		variables.forEach((name, value) -> {
			if (!(value instanceof String || value instanceof Number || value instanceof Boolean)) {
				throw new IllegalArgumentException("The variable '" + name
						+ "' can be set to a text, a number or a boolean, and to nothing else.");
			}
			all.addObject().put("variable_name", name).set("variable_value", JSON.valueToTree(value));
		});
		if (!all.isEmpty()) {
			this.contact.change("setVariables", fields, ChannelApi::setVariable);
		}
	}

	/**
	 * Adds tags to the contact.
	 * @param tags the tags; none is no call
	 */
	public void addTags(String... tags) {
		if (tags.length > 0) {
			this.contact.change("addTags", fields("tags", List.of(tags)), ChannelApi::setTag);
		}
	}

	/**
	 * Removes a tag from the contact.
	 * @param tag the tag
	 */
	public void removeTag(String tag) {
		this.contact.change("removeTag", fields("tag", tag), ChannelApi::deleteTag);
	}

	/**
	 * Keeps flows from writing to the contact, as while an operator does.
	 * @param time for how long, in whole minutes; what is left of a minute counts as one
	 * @throws IllegalArgumentException if the time is not positive
	 */
	public void pauseAutomation(Duration time) {
		if (time.isNegative() || time.isZero()) {
			throw new IllegalArgumentException(
					"Automation is paused for a positive time, not for " + time + "; resumeAutomation() ends a pause.");
		}
		long minutes = time.plusMinutes(1).minusNanos(1).toMinutes();
		this.contact.change("pauseAutomation", fields("minutes", minutes), ChannelApi::setPauseAutomation);
	}

	/** Lets flows write to the contact again. */
	public void resumeAutomation() {
		this.contact.change("resumeAutomation", JSON.createObjectNode(), ChannelApi::deletePauseAutomation);
	}

	/** Opens the chat with the contact, for operators to see. */
	public void openChat() {
		this.contact.change("openChat", JSON.createObjectNode(), ChannelApi::openChat);
	}

	/** Closes the chat with the contact. */
	public void closeChat() {
		this.contact.change("closeChat", JSON.createObjectNode(), ChannelApi::closeChat);
	}

	/**
	 * Runs a flow for the contact.
	 * @param flowId the flow's id
	 */
	public void runFlow(String flowId) {
		runFlow(flowId, Map.of());
	}

	/**
	 * Runs a flow for the contact.
	 * @param flowId the flow's id
	 * @param data values that the flow uses by their names
	 */
	public void runFlow(String flowId, Map<String, ?> data) {
		this.contact.send("runFlow", withData(fields("flow_id", flowId), data), ChannelApi::runFlow);
	}

	/**
	 * Runs the flow of a trigger for the contact.
	 * @param keyword the keyword, or the command, of the trigger
	 */
	public void runTrigger(String keyword) {
		runTrigger(keyword, Map.of());
	}

	/**
	 * Runs the flow of a trigger for the contact.
	 * @param keyword the keyword, or the command, of the trigger
	 * @param data values that the flow uses by their names
	 */
	public void runTrigger(String keyword, Map<String, ?> data) {
		this.contact.send("runTrigger", withData(fields("trigger_keyword", keyword), data),
				ChannelApi::runFlowByTrigger);
	}

	private static ObjectNode withData(ObjectNode fields, Map<String, ?> data) {
		if (!data.isEmpty()) {
			fields.set("external_data", JSON.valueToTree(data));
		}
		return fields;
	}

	private static ObjectNode fields(String name, Object value) {
		ObjectNode fields = JSON.createObjectNode();
		fields.set(name, JSON.valueToTree(value));
		return fields;
	}

	/**
	 * Reads what SendPulse knows of the contact at the moment.
	 * @return the contact
	 * @throws SendPulseException if it failed; {@link UnknownContactException} if there
	 * is no such contact
	 */
	public ContactDetails contact() {
		return ContactReads.contact(this.contact);
	}

	/**
	 * Reads the last hundred messages of the chat with the contact.
	 * @return the messages, the newest first; notes of operators are among them
	 * @throws SendPulseException if it failed
	 */
	public List<HistoryMessage> history() {
		return history(HISTORY_SIZE);
	}

	/**
	 * Reads the last messages of the chat with the contact.
	 * @param size how many at most. SendPulse does not say how many it gives at once: 100
	 * and 200 are in use
	 * @return the messages, the newest first; notes of operators are among them
	 * @throws SendPulseException if it failed
	 */
	public List<HistoryMessage> history(int size) {
		return ContactReads.history(this.contact, size);
	}

	/**
	 * Leaves out who it is, because this text can end up in logs.
	 */
	@Override
	public String toString() {
		return "Recipient[]";
	}

}
