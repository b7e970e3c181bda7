package io.pulsehook.destination.text;

import java.net.URI;
import java.util.Map;
import java.util.function.UnaryOperator;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

import io.pulsehook.destination.EventPayload;
import io.pulsehook.destination.http.Post;
import io.pulsehook.dispatch.handler.OutgoingEvent;

/**
 * What is posted to a chat.
 *
 * @param fields the fields of the JSON object
 */
record ChatMessage(Map<String, String> fields) {

	/**
	 * Stands for an answer where the fields of a text are empty and there is nothing else
	 * in it, because a chat would refuse it at each attempt.
	 */
	static final String NOTHING_SENT = "Nothing was sent, because the text of this event is empty.";

	/** Nobody shall take a sample for a message or a payment. */
	private static final String TEST = "[Test] ";

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private static final Map<String, String> HEADERS = Map.of(HttpHeaders.CONTENT_TYPE,
			MediaType.APPLICATION_JSON_VALUE);

	/**
	 * Writes the text of an event.
	 */
	static String text(OutgoingEvent event, TextTemplate template, UnaryOperator<String> escape) {
		String text = template.render(EventPayload.tree(event), escape);
		return event.isTest() ? TEST + text : text;
	}

	Post to(URI url) {
		return new Post(url, HEADERS, MAPPER.writeValueAsBytes(this.fields));
	}

}
