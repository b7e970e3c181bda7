package io.pulsehook.console.connect;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.pulsehook.Samples;

/**
 * An example event from SendPulse's documentation, which the operator can send as a
 * trial.
 *
 * @param name its name in a form
 * @param label its name on the page
 * @param body the example as the documentation has it
 */
public record SampleEvent(String name, String label, String body) {

	/**
	 * Finds the dates. They are replaced, since the same event with the same date would
	 * be a redelivery.
	 */
	private static final Pattern DATE = Pattern.compile("(\"date\"|\"timestamp\"):\\s*\\d{10,}(?=\\s*[,}\\n])");

	private static final Pattern UPDATED = Pattern.compile("\"updatedAt\":\\s*\"[^\"]*\"");

	/**
	 * The names of the fields that mark what SendPulse has not sent to the URL: a sample,
	 * and a message that was missing here and came by another way. SendPulse has no such
	 * fields, and whatever reads an event ignores them.
	 */
	private static final List<String> MARKS = List.of("sample", "reconciled");

	private static final JsonMapper mapper = JsonMapper.shared();

	private static final List<SampleEvent> ALL = List.of(
			new SampleEvent("incoming-message", "Incoming message", Samples.INCOMING_MESSAGE),
			new SampleEvent("outgoing-message", "Outgoing message", Samples.OUTGOING_MESSAGE),
			new SampleEvent("new-subscriber", "New subscriber", Samples.NEW_SUBSCRIBER),
			new SampleEvent("payment", "Payment", Samples.PAYMENT_ORDER),
			new SampleEvent("open-chat", "Open chat", Samples.OPEN_CHAT),
			new SampleEvent("flow", "Flow webhook", Samples.FLOW_WEBHOOK),
			new SampleEvent("run-custom-flow", "Custom flow run", Samples.RUN_CUSTOM_FLOW),
			new SampleEvent("link-click", "Link click", Samples.LINK_CLICK),
			new SampleEvent("unsubscribe", "Unsubscribe", Samples.UNSUBSCRIBE),
			new SampleEvent("bot-block", "Bot block", Samples.BOT_BLOCK),
			new SampleEvent("failed-delivery", "Failed delivery", Samples.FAILED_DELIVERY));

	/**
	 * Lists all examples.
	 * @return the examples in the order in which the page offers them
	 */
	public static List<SampleEvent> all() {
		return ALL;
	}

	/**
	 * Finds an example by its name.
	 * @param name its name in a form
	 * @return the example, unless there is none of that name
	 */
	public static Optional<SampleEvent> named(String name) {
		return ALL.stream().filter((sample) -> sample.name().equals(name)).findFirst();
	}

	/**
	 * Tells whether an event was made here, so that it says nothing about whether events
	 * arrive from SendPulse.
	 * @param body the body of an event
	 * @return whether it is marked so
	 */
	static boolean isMadeHere(byte[] body) {
		try {
			JsonNode event = mapper.readTree(body);
			return MARKS.stream().anyMatch((mark) -> event.path(mark).asBoolean(false));
		}
		catch (JacksonException ex) {
			return false;
		}
	}

	/**
	 * Returns the example with another time, so that it is received as a new event and
	 * not as a redelivery. It is marked as a sample.
	 * @param now the time
	 * @return the body to post
	 */
	public String json(Instant now) {
		String dated = DATE.matcher(this.body).replaceAll("$1: " + now.toEpochMilli());
		String updated = UPDATED.matcher(dated).replaceAll("\"updatedAt\": \"" + now + "\"");
		return updated.replaceFirst("\\{", "{\"sample\": true,");
	}

}
