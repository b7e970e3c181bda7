package io.pulsehook.test.sendpulse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import io.pulsehook.event.Channel;

/**
 * What SendPulse's description of its API says of requests: operations with the channels
 * that have them, parameters and fields (those with {@code !} are required), and the
 * fields of messages by their type.
 */
public final class DocumentedApi {

	private static final String CHANNELS = "TWIMVLK";

	private static final Map<Character, Channel> BY_LETTER = Map.of('T', Channel.TELEGRAM, 'W', Channel.WHATSAPP, 'I',
			Channel.INSTAGRAM, 'M', Channel.MESSENGER, 'V', Channel.VIBER, 'L', Channel.LIVECHAT, 'K', Channel.TIKTOK);

	private static final Map<Channel, String> BASES = Map.of(Channel.TELEGRAM, "telegram", Channel.WHATSAPP, "whatsapp",
			Channel.INSTAGRAM, "instagram", Channel.MESSENGER, "messenger", Channel.VIBER, "viber/chatbots",
			Channel.LIVECHAT, "live-chat", Channel.TIKTOK, "tiktok");

	private static final List<Documented> OPERATIONS = """
			TWIMVLK | GET contacts/get                    | id!
			TWIMVLK | GET contacts/getByTag               | tag! bot_id! size skip
			TWIMVLK | PUT contacts/mark-read              | contact_id
			TWIMVLK | PUT contacts/mark-unread            | contact_id
			TWM     | POST contacts/send                  | contact_id!:string message!:object
			IVLK    | POST contacts/send                  | contact_id!:string messages!:array
			T       | POST contacts/sendText              | contact_id!:string text!:string
			M       | POST contacts/sendText              | contact_id!:string message_type!:string message_tag:string text!:string
			W       | POST contacts/sendTemplate          | contact_id!:string template!:object
			WM      | POST contacts/sendTyping            | contact_id!:string
			T       | POST contacts/react                 | contact_id!:string message_id!:string reaction!:object
			TWIMVLK | POST contacts/setVariable           | contact_id!:string variables!:array
			TWIMVLK | POST contacts/deleteVariable        | contact_id!:string variable_id:string variable_name:string
			TWIMVLK | POST contacts/setTag                | contact_id!:string tags!:array
			TWIMVLK | POST contacts/deleteTag             | contact_id!:string tag!:string
			TWIMVLK | POST contacts/disable               | contact_id!:string
			TWIMVLK | POST contacts/enable                | contact_id!:string
			TWIMVLK | POST contacts/delete                | contact_id!:string
			TWIMVLK | GET contacts/getPauseAutomation     | contact_id!
			TWIMVLK | POST contacts/setPauseAutomation    | contact_id!:string minutes!:integer
			TWIMVLK | POST contacts/deletePauseAutomation | contact_id!:string
			TWIMVLK | POST contacts/operators/assign      | contact_id!:string operator_id!:integer
			TWIMVLK | POST contacts/operators/unAssign    | contact_id!:string
			TWIMVLK | POST contacts/openChat              | contact_id!:string
			TWIMVLK | POST contacts/closeChat             | contact_id!:string
			WL      | POST contacts/setName               | contact_id!:string name!:string
			TWIMVLK | GET flows                           | bot_id! size skip
			TWIMVLK | POST flows/run                      | contact_id!:string flow_id!:string external_data:object
			TWIMVLK | POST flows/runByTrigger             | contact_id!:string trigger_keyword!:string external_data:object
			TWIMVLK | GET triggers                        | bot_id! size skip
			TWIMVLK | GET bots                            | size skip
			TWIMVLK | GET chats                           | bot_id! size skip
			TWIVLK  | GET chats/messages                  | contact_id! size skip search_after order
			M       | GET chats/messages                  | contact_id! size skip order
			TWIMVLK | GET variables                       | bot_id! size skip
			TWIMVLK | GET tags                            | bot_id! size skip
			"""
		.lines()
		.map(Documented::parse)
		.toList();

	/**
	 * The fields of each type of message below {@code message}, or each element of
	 * {@code messages}.
	 */
	private static final Map<String, Set<String>> MESSAGES = """
			T text: text parse_mode message_effect_id reply_markup.inline_keyboard[][].text \
			reply_markup.inline_keyboard[][].type reply_markup.inline_keyboard[][].url \
			reply_markup.inline_keyboard[][].data.to_chain_id
			T photo: photo caption parse_mode
			T document: document caption parse_mode
			T audio: audio caption
			T voice: voice caption
			T video: video caption
			T action: action
			W text: text.body
			W image: image.link image.caption
			W document: document.link document.caption
			W audio: audio.link audio.voice
			W interactive: interactive.type interactive.body.text interactive.action.buttons[].type \
			interactive.action.buttons[].to_chain_id interactive.action.buttons[].reply.title
			W reaction: reaction.message_id reaction.emoji
			I text: message.text
			I image: message.attachment.type message.attachment.payload.is_external_attachment \
			message.attachment.payload.url
			I generic_template: message.attachment.payload.elements[].title \
			message.attachment.payload.elements[].subtitle message.attachment.payload.elements[].image_url \
			message.attachment.payload.elements[].is_external_attachment \
			message.attachment.payload.elements[].buttons[].type message.attachment.payload.elements[].buttons[].title \
			message.attachment.payload.elements[].buttons[].url \
			message.attachment.payload.elements[].buttons[].data.to_chain_id
			M message: type tag text
			M media_file: type tag file
			M media_img: type tag img
			M template: type tag data.attachment.type data.attachment.payload.template_type \
			data.attachment.payload.elements[].title data.attachment.payload.elements[].subtitle \
			data.attachment.payload.elements[].image_url data.attachment.payload.elements[].buttons[].type \
			data.attachment.payload.elements[].buttons[].title data.attachment.payload.elements[].buttons[].url \
			data.attachment.payload.elements[].buttons[].data.chain
			V text: text.text text.buttons[][].text text.buttons[][].type text.buttons[][].url \
			text.buttons[][].to_chain_id
			V image: image.file.is_path_absolute image.file.path
			L text: text.text text.buttons[][].text text.buttons[][].type text.buttons[][].url \
			text.buttons[][].to_chain_id
			L image: image.file.path image.buttons[][].text image.buttons[][].type image.buttons[][].url \
			image.buttons[][].to_chain_id
			L document: document.file.path document.buttons[][].text document.buttons[][].type document.buttons[][].url \
			document.buttons[][].to_chain_id
			K text: text.text text.buttons[][].text text.buttons[][].type text.buttons[][].url \
			text.buttons[][].to_chain_id
			"""
		.lines()
		.collect(Collectors.toMap((line) -> line.substring(0, line.indexOf(':')),
				(line) -> Set.of(line.substring(line.indexOf(':') + 2).split(" "))));

	private DocumentedApi() {
	}

	/**
	 * Lists every operation of every channel.
	 */
	static List<Documented> operations() {
		return OPERATIONS;
	}

	static Set<String> messageTypes() {
		return MESSAGES.keySet();
	}

	static String path(Channel channel, Documented operation) {
		return "/" + BASES.get(channel) + "/" + operation.path();
	}

	/**
	 * Compares a request with the description.
	 * @param request the request
	 * @return what differs, empty if nothing does
	 */
	public static List<String> differences(ApiRequest request) {
		Channel channel = request.channel();
		if (channel == null) {
			return request.path().equals("/chatbots/dialogs") ? List.of() : List.of("unknown path " + request.path());
		}
		return OPERATIONS.stream()
			.filter((operation) -> operation.channels().contains(channel))
			.filter((operation) -> operation.method().equals(request.method())
					&& operation.path().equals(request.operation()))
			.findFirst()
			.map((operation) -> differences(operation, channel, request))
			.orElseGet(() -> List.of(channel + " has no " + request.method() + " " + request.operation()));
	}

	private static List<String> differences(Documented operation, Channel channel, ApiRequest request) {
		boolean read = !request.method().equals("POST");
		List<String> differences = new ArrayList<>();
		Set<String> names = new LinkedHashSet<>(read ? request.query().keySet() : request.body().propertyNames());
		operation.required()
			.stream()
			.filter((name) -> !names.contains(name))
			.forEach((name) -> differences.add(name + " is missing"));
		names.stream()
			.filter((name) -> !operation.types().containsKey(name))
			.forEach((name) -> differences.add(name + " is not described"));
		if (!read) {
			differences.addAll(wrongTypes(operation, request.body()));
			if (!String.valueOf(request.contentType()).startsWith("application/json")) {
				differences.add("the body is no JSON");
			}
		}
		if (request.operation().equals("contacts/send")) {
			differences.addAll(messageDifferences(channel, request.body()));
		}
		return differences;
	}

	private static List<String> wrongTypes(Documented operation, JsonNode body) {
		return operation.types()
			.entrySet()
			.stream()
			.filter((field) -> body.has(field.getKey()))
			.filter((field) -> !isA(field.getValue(), body.path(field.getKey())))
			.map((field) -> field.getKey() + " is no " + field.getValue())
			.toList();
	}

	private static boolean isA(@Nullable String type, JsonNode value) {
		return switch (String.valueOf(type)) {
			case "string" -> value.isString();
			case "integer" -> value.isIntegralNumber();
			case "object" -> value.isObject();
			case "array" -> value.isArray();
			default -> true;
		};
	}

	private static List<String> messageDifferences(Channel channel, JsonNode body) {
		List<String> differences = new ArrayList<>();
		List<JsonNode> messages = body.has("message") ? List.of(body.path("message"))
				: body.path("messages").valueStream().toList();
		for (JsonNode message : messages) {
			String chooser = (channel == Channel.MESSENGER) ? "content_type" : "type";
			String type = letter(channel) + " " + message.path(chooser).asString("");
			Set<String> described = MESSAGES.getOrDefault(type, Set.of());
			leaves(message, "").filter((leaf) -> !leaf.equals(chooser) && !described.contains(leaf))
				.forEach((leaf) -> differences.add(type + " has no " + leaf));
		}
		return differences;
	}

	static char letter(Channel channel) {
		return BY_LETTER.entrySet()
			.stream()
			.filter((letter) -> letter.getValue() == channel)
			.map(Map.Entry::getKey)
			.findFirst()
			.orElseThrow();
	}

	private static Stream<String> leaves(JsonNode value, String path) {
		if (value.isArray()) {
			return value.valueStream().flatMap((element) -> leaves(element, path + "[]"));
		}
		if (value.isObject()) {
			return value.propertyStream()
				.flatMap((field) -> leaves(field.getValue(),
						path.isEmpty() ? field.getKey() : path + "." + field.getKey()));
		}
		return Stream.of(path);
	}

	/**
	 * An operation.
	 *
	 * @param channels the channels that have it
	 * @param method the HTTP method
	 * @param path the path below the channel's
	 * @param required the parameters or fields that are required
	 * @param types the types of all, empty for parameters
	 */
	record Documented(Set<Channel> channels, String method, String path, Set<String> required,
			Map<String, String> types) {

		private static Documented parse(String line) {
			String[] cells = line.split(" *\\| *");
			String[] operation = cells[1].split(" ");
			String[] fields = cells[2].split(" ");
			return new Documented(
					CHANNELS.chars()
						.filter((letter) -> cells[0].indexOf(letter) >= 0)
						.mapToObj((letter) -> BY_LETTER.get((char) letter))
						.collect(Collectors.toSet()),
					operation[0], operation[1],
					Arrays.stream(fields)
						.filter((field) -> field.contains("!"))
						.map((field) -> field.replaceFirst("!.*", ""))
						.collect(Collectors.toCollection(LinkedHashSet::new)),
					Arrays.stream(fields)
						.collect(Collectors.toMap((field) -> field.replaceFirst("[!:].*", ""),
								(field) -> field.contains(":") ? field.replaceFirst(".*:", "") : "")));
		}

	}

}
