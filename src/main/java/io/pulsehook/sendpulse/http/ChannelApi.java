package io.pulsehook.sendpulse.http;

import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/**
 * The calls that SendPulse's API has for a channel, below the channel's
 * {@linkplain BasePath base path}. An answer of any status is returned as it came: what
 * it means can depend on its body too. Bodies are JSON as bytes, since the HTTP client
 * writes anything else to its debug log.
 */
@HttpExchange(contentType = MediaType.APPLICATION_JSON_VALUE, accept = MediaType.APPLICATION_JSON_VALUE)
public interface ChannelApi {

	/**
	 * Sends a message to a contact.
	 * @param body the contact's id and the message as the channel takes it
	 * @return the answer
	 */
	@PostExchange("/contacts/send")
	ResponseEntity<byte[]> send(@RequestBody byte[] body);

	/**
	 * Sends a template to a contact of WhatsApp.
	 * @param body the contact's id and the template
	 * @return the answer
	 */
	@PostExchange("/contacts/sendTemplate")
	ResponseEntity<byte[]> sendTemplate(@RequestBody byte[] body);

	/**
	 * Sets variables of a contact.
	 * @param body the contact's id and the variables
	 * @return the answer
	 */
	@PostExchange("/contacts/setVariable")
	ResponseEntity<byte[]> setVariable(@RequestBody byte[] body);

	/**
	 * Adds tags to a contact.
	 * @param body the contact's id and the tags
	 * @return the answer
	 */
	@PostExchange("/contacts/setTag")
	ResponseEntity<byte[]> setTag(@RequestBody byte[] body);

	/**
	 * Removes a tag from a contact.
	 * @param body the contact's id and the tag
	 * @return the answer
	 */
	@PostExchange("/contacts/deleteTag")
	ResponseEntity<byte[]> deleteTag(@RequestBody byte[] body);

	/**
	 * Keeps automation from writing to a contact for some time.
	 * @param body the contact's id and the minutes
	 * @return the answer
	 */
	@PostExchange("/contacts/setPauseAutomation")
	ResponseEntity<byte[]> setPauseAutomation(@RequestBody byte[] body);

	/**
	 * Lets automation write to a contact again.
	 * @param body the contact's id
	 * @return the answer
	 */
	@PostExchange("/contacts/deletePauseAutomation")
	ResponseEntity<byte[]> deletePauseAutomation(@RequestBody byte[] body);

	/**
	 * Opens the chat with a contact.
	 * @param body the contact's id
	 * @return the answer
	 */
	@PostExchange("/contacts/openChat")
	ResponseEntity<byte[]> openChat(@RequestBody byte[] body);

	/**
	 * Closes the chat with a contact.
	 * @param body the contact's id
	 * @return the answer
	 */
	@PostExchange("/contacts/closeChat")
	ResponseEntity<byte[]> closeChat(@RequestBody byte[] body);

	/**
	 * Runs a flow for a contact.
	 * @param body the contact's id, the flow's id and data for the flow
	 * @return the answer
	 */
	@PostExchange("/flows/run")
	ResponseEntity<byte[]> runFlow(@RequestBody byte[] body);

	/**
	 * Runs the flow of a trigger for a contact.
	 * @param body the contact's id, the trigger's keyword and data for the flow
	 * @return the answer
	 */
	@PostExchange("/flows/runByTrigger")
	ResponseEntity<byte[]> runFlowByTrigger(@RequestBody byte[] body);

	/**
	 * Gets a contact.
	 * @param id the contact's id
	 * @return the answer
	 */
	@GetExchange("/contacts/get")
	ResponseEntity<byte[]> contact(@RequestParam String id);

	/**
	 * Gets messages of the chat with a contact.
	 * @param contactId the contact's id
	 * @param size how many to get at most, or {@code null} for what SendPulse decides
	 * @param skip how many to leave out first, or {@code null} for none
	 * @param searchAfter the id of the message after which to go on, or {@code null} to
	 * begin; Messenger does not know it
	 * @param order {@code desc} for the newest first, or {@code asc}
	 * @return the answer
	 */
	@GetExchange("/chats/messages")
	ResponseEntity<byte[]> messages(@RequestParam("contact_id") String contactId,
			@RequestParam(required = false) @Nullable Integer size,
			@RequestParam(required = false) @Nullable Integer skip,
			@RequestParam(name = "search_after", required = false) @Nullable String searchAfter,
			@RequestParam String order);

}
