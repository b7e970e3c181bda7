package io.pulsehook.test.sendpulse;

import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import io.pulsehook.event.Channel;

/**
 * What can be called, and what each call requires and does.
 */
final class Operations {

	private static final Set<Channel> ALL = EnumSet.complementOf(EnumSet.of(Channel.UNKNOWN));

	private static final String CONTACT = "'contact_id!':'string'";

	private final Map<String, Operation> operations = new HashMap<>();

	private final Sends sends;

	Operations(Sends sends) {
		this.sends = sends;
		addSends();
		addChanges();
		addChatsAndFlows();
		addReads();
	}

	/**
	 * Finds an operation.
	 * @param method the HTTP method
	 * @param path the path below the channel's
	 * @param channel the channel
	 * @return the operation, or {@code null} if the channel has none such
	 */
	@Nullable Operation find(String method, String path, Channel channel) {
		Operation operation = this.operations.get(method + " " + path);
		return (operation != null && operation.channels().contains(channel)) ? operation : null;
	}

	private void addSends() {
		this.operations.put("POST contacts/send",
				new Operation(ALL, List.of(), MessageShapes::of, found(this.sends::send)));
		post(Set.of(Channel.TELEGRAM), "contacts/sendText", CONTACT + ", 'text!':'text'", this.sends::send);
		post(Set.of(Channel.MESSENGER), "contacts/sendText", CONTACT + ", 'message_type!':'=MESSAGE_TAG|RESPONSE',"
				+ "'message_tag':'=HUMAN_AGENT|CUSTOMER_FEEDBACK', 'text!':'text'", this.sends::send);
		post(Set.of(Channel.WHATSAPP), "contacts/sendTemplate",
				CONTACT + ", 'template!':{'name!':'text', 'language!':{'code!':'text'}, 'components':'any'}",
				this.sends::send);
		change(Set.of(Channel.WHATSAPP, Channel.MESSENGER), "contacts/sendTyping", "", (contact, body) -> {
		});
		change(Set.of(Channel.TELEGRAM), "contacts/react",
				", 'message_id!':'string', 'reaction!':{'type!':'=emoji', 'emoji!':'text'}", (contact, body) -> {
				});
	}

	private void addChanges() {
		change("contacts/setVariable",
				", 'variables!':[{'variable_name':'text', 'variable_id':'text', 'variable_value!':'scalar',"
						+ "'or':'variable_name|variable_id'}]",
				(contact, body) -> body.path("variables")
					.forEach((variable) -> contact.variable(nameOf(variable), variable.path("variable_value"))));
		change("contacts/deleteVariable",
				", 'variable_name':'text', 'variable_id':'text', 'or':'variable_name|variable_id'",
				(contact, body) -> contact.removeVariable(nameOf(body)));
		change("contacts/setTag", ", 'tags!':['text']",
				(contact, body) -> body.path("tags").forEach((tag) -> contact.tag(tag.stringValue())));
		change("contacts/deleteTag", ", 'tag!':'text'",
				(contact, body) -> contact.removeTag(body.path("tag").stringValue()));
		change("contacts/disable", "", (contact, body) -> contact.changeStatus(ContactStatus.DISABLED));
		change("contacts/enable", "", (contact, body) -> contact.changeStatus(ContactStatus.ACTIVE));
		change("contacts/delete", "", (contact, body) -> contact.unknown());
		change(Set.of(Channel.WHATSAPP, Channel.LIVECHAT), "contacts/setName", ", 'name!':'text'",
				(contact, body) -> contact.rename(body.path("name").stringValue()));
	}

	private static String nameOf(JsonNode variable) {
		return variable.path("variable_name").asString(variable.path("variable_id").asString(""));
	}

	private void addChatsAndFlows() {
		post(ALL, "contacts/setPauseAutomation", CONTACT + ", 'minutes!':'integer'", (call) -> {
			call.contact().pauseAutomation(Duration.ofMinutes(call.body().path("minutes").intValue()));
			return Reads.pauseSet(call);
		});
		change("contacts/deletePauseAutomation", "", (contact, body) -> contact.pauseAutomation(null));
		change("contacts/openChat", "", (contact, body) -> contact.chatOpen(true));
		change("contacts/closeChat", "", (contact, body) -> contact.chatOpen(false));
		change("contacts/operators/assign", ", 'operator_id!':'integer'",
				(contact, body) -> contact.assign(body.path("operator_id").longValue()));
		change("contacts/operators/unAssign", "", (contact, body) -> contact.assign(null));
		change("flows/run", ", 'flow_id!':'text', 'external_data':'object'", (contact, body) -> {
		});
		change("flows/runByTrigger", ", 'trigger_keyword!':'text', 'external_data':'object'", (contact, body) -> {
		});
	}

	private void addReads() {
		get("contacts/get", List.of("id"), found(Reads::contact));
		get("contacts/getPauseAutomation", List.of("contact_id"), found(Reads::pause));
		get("chats/messages", List.of("contact_id"), found(Reads::history));
		get("chats", List.of("bot_id"), Reads::chats);
		get("contacts/getByTag", List.of("bot_id", "tag"), Reads::contactsByTag);
		get("bots", List.of(), Reads::bots);
		for (String list : List.of("flows", "triggers", "tags", "variables")) {
			get(list, List.of("bot_id"), Reads::nothing);
		}
		put("contacts/mark-read");
		put("contacts/mark-unread");
	}

	private void change(String path, String fields, BiConsumer<FakeContact, JsonNode> change) {
		change(ALL, path, fields, change);
	}

	private void change(Set<Channel> channels, String path, String fields, BiConsumer<FakeContact, JsonNode> change) {
		post(channels, path, CONTACT + fields, (call) -> {
			change.accept(call.contact(), call.body());
			return Reads.done();
		});
	}

	private void post(Set<Channel> channels, String path, String fields, Operation.Action action) {
		Shape shape = Shape.of("{" + fields + "}");
		this.operations.merge("POST " + path, new Operation(channels, List.of(), (channel) -> shape, found(action)),
				Operations::eitherByChannel);
	}

	private static Operation eitherByChannel(Operation one, Operation other) {
		Set<Channel> channels = EnumSet.copyOf(one.channels());
		channels.addAll(other.channels());
		return new Operation(channels, List.of(),
				(channel) -> (one.channels().contains(channel) ? one : other).shape().apply(channel), one.action());
	}

	private void get(String path, List<String> query, Operation.Action action) {
		this.operations.put("GET " + path, new Operation(ALL, query, (channel) -> null, action));
	}

	private void put(String path) {
		this.operations.put("PUT " + path, new Operation(ALL, List.of("contact_id"), (channel) -> null,
				found((call) -> Reply.of(Reply.MAPPER.createObjectNode().put("count", 1)))));
	}

	private static Operation.Action found(Operation.Action action) {
		return (call) -> call.contact().isFoundBy(call.channel()) ? action.perform(call) : Reply.notFound();
	}

}
