package io.pulsehook.test.sendpulse;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import io.pulsehook.event.Channel;
import io.pulsehook.test.sendpulse.Operation.Call;

/**
 * Takes messages for contacts, or refuses them.
 */
final class Sends {

	static final int LONGEST = 4096;

	private final List<SentMessage> sent = new CopyOnWriteArrayList<>();

	private volatile int longest = LONGEST;

	void reset() {
		this.sent.clear();
		this.longest = LONGEST;
	}

	void longest(int characters) {
		this.longest = characters;
	}

	List<SentMessage> sent() {
		return List.copyOf(this.sent);
	}

	Reply send(Call call) {
		SentMessage message = SentMessage.of(call.channel(), call.operation(), call.body());
		FakeContact contact = call.contact();
		Reply refusal = refusal(contact, message);
		if (refusal != null) {
			return refusal;
		}
		FakeMessage row = FakeMessage.ofBot(message.text());
		contact.add(row);
		this.sent.add(message);
		return answer(call, contact, row);
	}

	private @Nullable Reply refusal(FakeContact contact, SentMessage message) {
		if (contact.status() == ContactStatus.BLOCKED) {
			return blocked();
		}
		if (contact.refusal() != null && !isAllowedAtAnyTime(message)) {
			return contact.refusal().reply();
		}
		if (message.text() != null && message.text().length() > this.longest) {
			return Reply
				.invalid(Map.of("message.text", "The text may not be greater than " + this.longest + " characters."));
		}
		return null;
	}

	private static boolean isAllowedAtAnyTime(SentMessage message) {
		JsonNode type = message.body().has("message_type") ? message.body().path("message_type")
				: message.body().at("/message/type");
		return message.type().equals("template") && message.channel() == Channel.WHATSAPP
				|| message.channel() == Channel.MESSENGER && type.asString("").equals("MESSAGE_TAG");
	}

	// Made up: nobody has published what SendPulse answers here.
	private static Reply blocked() {
		return Reply.of(400, """
				{"success":false,"data":null,"errors":{"contact_id":["contact.errors.blocked"]},"error_code":400}""");
	}

	private static Reply answer(Call call, FakeContact contact, FakeMessage message) {
		boolean documented = call.style() == AnswerStyle.AS_DOCUMENTED;
		ObjectNode row = call.rows().message(contact, message);
		if (documented && call.channel() == Channel.LIVECHAT) {
			return Reply.of(row);
		}
		if (documented && call.channel() != Channel.WHATSAPP) {
			return Reads.done();
		}
		return Reads.data(row);
	}

}
