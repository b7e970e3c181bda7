package io.pulsehook.sendpulse;

import java.util.List;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.pulsehook.event.Channel;

/**
 * What a message looks like on each channel (SendPulse's OpenAPI, {@code contacts/send},
 * and {@code contacts/sendTemplate} for templates). What a channel does not have here, it
 * cannot do.
 */
final class MessageForms {

	/**
	 * A word that begins with a dollar stands for a value, and its field is left out if
	 * there is none. {@code $buttons} is a list of buttons, and {@code $rows} a list of
	 * rows of buttons.
	 */
	private static final String TABLE = """
			{
			  "telegram": {
			    "text":     {"message": {"type": "text", "text": "$text"}},
			    "buttons":  {"message": {"type": "text", "text": "$text", "reply_markup": {"inline_keyboard": "$rows"}}},
			    "link":     {"text": "$title", "type": "web_url", "url": "$url"},
			    "flow":     {"text": "$title", "type": "postback", "data": {"to_chain_id": "$flow"}},
			    "image":    {"message": {"type": "photo", "photo": "$url", "caption": "$caption"}},
			    "document": {"message": {"type": "document", "document": "$url", "caption": "$caption"}},
			    "message":  {"message": "$message"}
			  },
			  "whatsapp": {
			    "text":     {"message": {"type": "text", "text": {"body": "$text"}}},
			    "buttons":  {"message": {"type": "interactive", "interactive": {"type": "button",
			                   "body": {"text": "$text"}, "action": {"buttons": "$buttons"}}}},
			    "flow":     {"type": "reply", "to_chain_id": "$flow", "reply": {"title": "$title"}},
			    "image":    {"message": {"type": "image", "image": {"link": "$url", "caption": "$caption"}}},
			    "document": {"message": {"type": "document", "document": {"link": "$url", "caption": "$caption"}}},
			    "template": {"template": "$template"},
			    "message":  {"message": "$message"}
			  },
			  "instagram": {
			    "text":     {"messages": [{"type": "text", "message": {"text": "$text"}}]},
			    "buttons":  {"messages": [{"type": "generic_template", "message": {"attachment": {"payload": {
			                   "elements": [{"title": "$text", "buttons": "$buttons"}]}}}}]},
			    "link":     {"type": "web_url", "title": "$title", "url": "$url"},
			    "flow":     {"type": "postback", "title": "$title", "data": {"to_chain_id": "$flow"}},
			    "image":    {"messages": [{"type": "image", "message": {"attachment": {"type": "image", "payload": {
			                   "is_external_attachment": true, "url": "$url"}}}}]},
			    "message":  {"messages": ["$message"]}
			  },
			  "messenger": {
			    "text":     {"message": {"type": "RESPONSE", "content_type": "message", "text": "$text"}},
			    "buttons":  {"message": {"type": "RESPONSE", "content_type": "template", "data": {"attachment": {
			                   "type": "template", "payload": {"template_type": "generic",
			                     "elements": [{"title": "$text", "buttons": "$buttons"}]}}}}},
			    "link":     {"type": "web_url", "title": "$title", "url": "$url"},
			    "flow":     {"type": "postback", "title": "$title", "data": {"chain": "$flow"}},
			    "image":    {"message": {"type": "RESPONSE", "content_type": "media_img", "img": "$url"}},
			    "document": {"message": {"type": "RESPONSE", "content_type": "media_file", "file": "$url"}},
			    "message":  {"message": "$message"}
			  },
			  "viber": {
			    "text":     {"messages": [{"type": "text", "text": {"text": "$text"}}]},
			    "buttons":  {"messages": [{"type": "text", "text": {"text": "$text", "buttons": "$rows"}}]},
			    "link":     {"text": "$title", "type": "web_url", "url": "$url"},
			    "flow":     {"text": "$title", "type": "postback", "to_chain_id": "$flow"},
			    "image":    {"messages": [{"type": "image", "image": {"file": {
			                   "is_path_absolute": true, "path": "$url"}}}]},
			    "message":  {"messages": ["$message"]}
			  },
			  "livechat": {
			    "text":     {"messages": [{"type": "text", "text": {"text": "$text"}}]},
			    "buttons":  {"messages": [{"type": "text", "text": {"text": "$text", "buttons": "$rows"}}]},
			    "link":     {"text": "$title", "type": "web_url", "url": "$url"},
			    "flow":     {"text": "$title", "type": "postback", "to_chain_id": "$flow"},
			    "image":    {"messages": [{"type": "image", "image": {"file": {"path": "$url"}}}]},
			    "document": {"messages": [{"type": "document", "document": {"file": {"path": "$url"}}}]},
			    "message":  {"messages": ["$message"]}
			  },
			  "tiktok": {
			    "text":     {"messages": [{"type": "text", "text": {"text": "$text"}}]},
			    "buttons":  {"messages": [{"type": "text", "text": {"text": "$text", "buttons": "$rows"}}]},
			    "link":     {"text": "$title", "type": "web_url", "url": "$url"},
			    "flow":     {"text": "$title", "type": "postback", "to_chain_id": "$flow"},
			    "message":  {"messages": ["$message"]}
			  }
			}
			""";

	private static final JsonNode FORMS = JsonMapper.shared().readTree(TABLE);

	private final Channel channel;

	/**
	 * Creates the forms of a channel.
	 */
	MessageForms(Channel channel) {
		this.channel = channel;
	}

	JsonForm text(String text, List<Button> buttons) {
		JsonForm form = form(buttons.isEmpty() ? "text" : "buttons", "buttons").with("text", text);
		List<JsonNode> filled = buttons.stream().map(this::button).toList();
		return form.with("buttons", filled).with("rows", filled.stream().map(List::of).toList());
	}

	private JsonNode button(Button button) {
		String kind = (button.url() != null) ? "link" : "flow";
		return form(kind, "buttons with a " + kind).with("title", button.title())
			.with("url", button.url())
			.with("flow", button.flow())
			.fill();
	}

	/**
	 * Makes a message of a kind that SendPulse fetches from an address.
	 * @param kind {@code image} or {@code document}
	 * @param caption the text below it, empty for none
	 */
	JsonForm file(String kind, String url, String caption) {
		JsonForm form = form(kind, kind + "s").with("url", Links.check(url));
		if (!caption.isEmpty() && !form.names("caption")) {
			throw impossible("captions of " + kind + "s");
		}
		return form.with("caption", caption.isEmpty() ? null : caption);
	}

	JsonForm template(JsonNode template) {
		return form("template", "templates").with("template", template);
	}

	JsonForm message(JsonNode message) {
		return form("message", "messages").with("message", message);
	}

	private JsonForm form(String name, String plural) {
		JsonNode form = FORMS.path(this.channel.code()).path(name);
		if (form.isMissingNode()) {
			throw impossible(plural);
		}
		return JsonForm.of(form);
	}

	private UnsupportedOperationException impossible(String what) {
		return new UnsupportedOperationException("SendPulse's API has no " + what + " for " + this.channel.code()
				+ ", so that nothing was sent. Send something else on this channel.");
	}

}
