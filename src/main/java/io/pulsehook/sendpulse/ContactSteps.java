package io.pulsehook.sendpulse;

import java.util.function.BiFunction;
import java.util.function.Function;

import org.springframework.http.ResponseEntity;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

import io.pulsehook.Delivery;
import io.pulsehook.sendpulse.http.ChannelApi;

/**
 * Makes calls about one contact. What reaches the contact is a step of the delivery.
 *
 * @param calls the calls of the contact's channel
 * @param contact the contact's id
 * @param delivery remembers what was sent
 */
record ContactSteps(ChannelCalls calls, String contact, Delivery delivery) {

	private static final JsonMapper JSON = JsonMapper.shared();

	/**
	 * Makes a call that reaches the contact, unless an earlier attempt has made it.
	 * @param operation what is done, as {@link Recipient} calls it
	 * @param fields what the call has beside the contact's id
	 * @param call makes the call
	 */
	void send(String operation, JsonNode fields, BiFunction<ChannelApi, byte[], ResponseEntity<byte[]>> call) {
		this.delivery.sendOnce(operation + " to " + this.contact, JsonNode.class, () -> {
			change(operation, fields, call);
			return NullNode.getInstance();
		});
	}

	/**
	 * Makes a call that can be made again without harm.
	 */
	void change(String operation, JsonNode fields, BiFunction<ChannelApi, byte[], ResponseEntity<byte[]>> call) {
		ObjectNode body = JSON.createObjectNode().put("contact_id", this.contact);
		fields.properties().forEach((field) -> body.set(field.getKey(), field.getValue()));
		byte[] json = JSON.writeValueAsBytes(body);
		this.calls.call(operation, (api) -> call.apply(api, json));
	}

	/**
	 * Reads something.
	 */
	Answer read(String operation, Function<ChannelApi, ResponseEntity<byte[]>> call) {
		return this.calls.call(operation, call);
	}

	/**
	 * Leaves out whom it is about, because this text can end up in logs.
	 */
	@Override
	public String toString() {
		return "ContactSteps[" + this.calls.channel() + "]";
	}

}
