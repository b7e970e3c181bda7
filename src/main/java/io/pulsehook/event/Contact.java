package io.pulsehook.event;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The subscriber of a chatbot event. Some fields come on some platforms only, and a
 * WhatsApp contact may have no phone.
 *
 * @param id the id that SendPulse gave the contact
 * @param name the contact's name
 * @param username the name on the messaging platform
 * @param email the e-mail address; where it is missing or its template was not filled in,
 * that of a variable {@code email} in any case of letters
 * @param phone the phone number; where it is missing or its template was not filled in,
 * that of a variable {@code phone} in any case of letters
 * @param rawPhone the phone number as sent, which can be {@code {{phone}}}
 * @param lastMessage the contact's last incoming text, also in an outgoing message; cut
 * after 2,000 characters on Telegram and 512 elsewhere; can be the address of a medium
 * @param lastMessageData undocumented: the last message as the platform sent it
 * @param photo the link to the profile picture
 * @param profilePic undocumented: another link to the profile picture
 * @param telegramId undocumented: the id on Telegram, which the several contacts of one
 * person share
 * @param userId undocumented: the id on the messaging platform
 * @param tags the assigned tags
 * @param operator the operator whom the chat is assigned to
 * @param variables the contact's variables under the names that the bot's author gave
 * them, in the order they came; those of a flow's webhook lie beside the contact's own
 * fields and are found here all the same
 */
public record Contact(@Nullable String id, @Nullable String name, @Nullable String username, @Nullable String email,
		@Nullable String phone, @Nullable String rawPhone, @Nullable String lastMessage,
		@Nullable JsonNode lastMessageData, @Nullable String photo, @Nullable String profilePic,
		@Nullable String telegramId, @Nullable String userId, List<Tag> tags, @Nullable Operator operator,
		Map<String, JsonNode> variables) {

	/**
	 * The code of the deep link by which the contact came: what Telegram has behind
	 * {@code /start}. Undocumented.
	 * @return the code, or {@code null} if there is none
	 */
	public @Nullable String startCode() {
		return (this.lastMessageData != null) ? Places.START_CODE.text(this.lastMessageData) : null;
	}

	/**
	 * A variable, to be read as what its author meant it to be:
	 * {@code contact.variable("age").number()}.
	 * @param name the variable's name in any case of letters; if several differ by case
	 * alone, it is the one in this case, or else the first
	 * @return the variable, whose text is {@code null} if there is none of the name
	 */
	public ContactVariable variable(String name) {
		return variable(this.variables, name);
	}

	static ContactVariable variable(Map<String, JsonNode> variables, String name) {
		String known = variables.containsKey(name) ? name
				: variables.keySet().stream().filter(name::equalsIgnoreCase).findFirst().orElse(name);
		JsonNode value = variables.get(known);
		return new ContactVariable(known, (value != null) ? Scalars.text(value) : null);
	}

}
