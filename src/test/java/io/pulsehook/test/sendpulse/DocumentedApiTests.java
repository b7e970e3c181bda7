package io.pulsehook.test.sendpulse;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import io.pulsehook.event.Channel;
import io.pulsehook.test.sendpulse.DocumentedApi.Documented;
import io.pulsehook.test.sendpulse.RawClient.Response;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that {@link FakeSendPulse} takes what SendPulse's description of its API
 * describes, and nothing else.
 */
class DocumentedApiTests {

	/** A text for each channel, as {@code contacts/send} wants it. */
	private static final Map<Channel, String> TEXTS = Map.of(Channel.TELEGRAM, "{'type':'text','text':'Hi'}",
			Channel.WHATSAPP, "{'type':'text','text':{'body':'Hi'}}", Channel.MESSENGER,
			"{'type':'RESPONSE','content_type':'message','text':'Hi'}", Channel.INSTAGRAM,
			"{'type':'text','message':{'text':'Hi'}}", Channel.VIBER, "{'type':'text','text':{'text':'Hi'}}",
			Channel.LIVECHAT, "{'type':'text','text':{'text':'Hi'}}", Channel.TIKTOK,
			"{'type':'text','text':{'text':'Hi'}}");

	private static final Map<String, String> VALUES = Map.of("contact_id", "'c1'", "tags", "['vip']", "minutes", "60",
			"operator_id", "7701", "external_data", "{'a':1}", "template", "{'name':'back','language':{'code':'en'}}",
			"variables", "[{'variable_name':'age','variable_value':43}]", "reaction", "{'type':'emoji','emoji':'👍'}",
			"message_type", "'RESPONSE'", "message_tag", "'HUMAN_AGENT'");

	private final FakeSendPulse server = new FakeSendPulse();

	private final RawClient client = new RawClient(this.server);

	@BeforeEach
	void limitNothing() {
		this.server.limit(1000);
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	static List<Documented> operations() {
		return DocumentedApi.operations();
	}

	@ParameterizedTest
	@MethodSource("operations")
	void takesWhatIsDescribedOnEachChannel(Documented operation) throws Exception {
		for (Channel channel : operation.channels()) {
			this.server.reset();
			this.server.limit(1000);
			Response response = call(channel, operation, fields(channel, operation));
			assertThat(response.status()).as("%s on %s: %s", operation.path(), channel, response.http().body())
				.isEqualTo(200);
			assertThat(this.server.requests()).last()
				.satisfies((request) -> assertThat(DocumentedApi.differences(request)).isEmpty());
		}
	}

	@ParameterizedTest
	@MethodSource("operations")
	void refusesWhatLacksARequiredField(Documented operation) throws Exception {
		Channel channel = operation.channels().iterator().next();
		for (String name : operation.required()) {
			Map<String, String> fields = fields(channel, operation);
			fields.remove(name);
			Response response = call(channel, operation, fields);
			assertThat(response.status()).as("%s without %s", operation.path(), name).isEqualTo(422);
			assertThat(response.at("/errors").has(name)).isTrue();
			assertThat(DocumentedApi.differences(this.server.requests().get(0))).isNotEmpty();
		}
	}

	@ParameterizedTest
	@MethodSource("operations")
	void refusesFieldsThatAreNotDescribed(Documented operation) throws Exception {
		Channel channel = operation.channels().iterator().next();
		Map<String, String> fields = fields(channel, operation);
		fields.put("page", "'2'");
		int status = operation.method().equals("POST") ? 422 : 200;
		assertThat(call(channel, operation, fields).status()).as(operation.path()).isEqualTo(status);
	}

	@Test
	void refusesOperationsOfOtherChannels() throws Exception {
		for (Documented operation : DocumentedApi.operations()) {
			EnumSet<Channel> others = EnumSet.allOf(Channel.class);
			others.remove(Channel.UNKNOWN);
			DocumentedApi.operations()
				.stream()
				.filter((other) -> other.path().equals(operation.path()))
				.forEach((other) -> others.removeAll(other.channels()));
			for (Channel channel : others) {
				assertThat(call(channel, operation, fields(channel, operation)).status())
					.as("%s on %s", operation.path(), channel)
					.isEqualTo(404);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "T photo {'photo':'https://example.com/a.png','caption':'a'}",
			"T document {'document':'https://example.com/a.zip','caption':'a'}",
			"T video {'video':'https://example.com/a.mp4'}", "T audio {'audio':'https://example.com/a.mp3'}",
			"T voice {'voice':'https://example.com/a.mp3'}", "T action {'action':'typing'}",
			"T text {'text':'a','reply_markup':{'inline_keyboard':[[{'text':'b','type':'web_url',"
					+ "'url':'https://example.com'},{'text':'b','type':'postback','data':{'to_chain_id':'f'}}]]}}",
			"W image {'image':{'link':'https://example.com/a.png','caption':'a'}}",
			"W document {'document':{'link':'https://example.com/a.pdf'}}",
			"W audio {'audio':{'link':'https://example.com/a.mp3'}}",
			"W interactive {'interactive':{'type':'button','body':{'text':'a'},'action':{'buttons':[{'type':'reply',"
					+ "'to_chain_id':'f','reply':{'title':'b'}}]}}}",
			"W reaction {'reaction':{'message_id':'m','emoji':'👍'}}",
			"I image {'message':{'attachment':{'type':'image','payload':{'url':'https://example.com/a.png',"
					+ "'is_external_attachment':true}}}}",
			"I generic_template {'message':{'attachment':{'payload':{'elements':[{'title':'a','buttons':["
					+ "{'type':'postback','title':'b','data':{'to_chain_id':'f'}},"
					+ "{'type':'web_url','title':'b','url':'https://example.com'}]}]}}}}",
			"M media_img {'type':'RESPONSE','img':'https://example.com/a.png'}",
			"M media_file {'type':'RESPONSE','file':'https://example.com/a.pdf'}",
			"M template {'type':'RESPONSE','data':{'attachment':{'type':'template','payload':{'template_type':"
					+ "'generic','elements':[{'title':'a','buttons':[{'type':'postback','title':'b','data':"
					+ "{'chain':'f'}}]}]}}}}",
			"V image {'image':{'file':{'path':'https://example.com/a.png','is_path_absolute':true}}}",
			"L image {'image':{'file':{'path':'https://example.com/a.png'}}}",
			"L document {'document':{'file':{'path':'https://example.com/a.pdf'}}}",
			"K text {'text':{'text':'a','buttons':[[{'text':'b','type':'postback','to_chain_id':'f'}]]}}" })
	void takesEachTypeOfMessageOnItsChannelOnly(String line) throws Exception {
		String[] parts = line.split(" ", 3);
		for (Documented operation : DocumentedApi.operations()) {
			for (Channel channel : operation.channels()) {
				if (!operation.path().equals("contacts/send")) {
					continue;
				}
				ObjectNode message = (ObjectNode) RawClient.MAPPER.readTree(parts[2].replace('\'', '"'));
				message.put((channel == Channel.MESSENGER) ? "content_type" : "type", parts[1]);
				boolean own = DocumentedApi.letter(channel) == parts[0].charAt(0);
				Response response = call(channel, operation,
						Map.of("contact_id", "'to-" + channel + "'", name(operation), wrap(operation, message)));
				assertThat(response.status() == 200).as("%s on %s: %s", line, channel, response.http().body())
					.isEqualTo(own || isOfViberToo(parts, channel));
				if (own) {
					assertThat(this.server.requests()).last()
						.satisfies((request) -> assertThat(DocumentedApi.differences(request)).isEmpty());
				}
			}
		}
	}

	// What TikTok takes, Viber and live chat take as well.
	private static boolean isOfViberToo(String[] parts, Channel channel) {
		boolean likeTikTok = parts[0].equals("K") && (channel == Channel.VIBER || channel == Channel.LIVECHAT);
		return likeTikTok || (parts[0] + parts[1]).equals("Limage") && channel == Channel.VIBER;
	}

	private static String name(Documented operation) {
		return operation.types().containsKey("messages") ? "messages" : "message";
	}

	private static String wrap(Documented operation, JsonNode message) {
		return name(operation).equals("messages") ? "[" + message + "]" : message.toString();
	}

	private static Map<String, String> fields(Channel channel, Documented operation) {
		Map<String, String> fields = new LinkedHashMap<>();
		for (String name : operation.types().keySet()) {
			fields.put(name, switch (name) {
				case "message" -> TEXTS.get(channel);
				case "messages" -> "[" + TEXTS.get(channel) + "]";
				case "size", "skip" -> "1";
				default -> VALUES.getOrDefault(name, "'x'");
			});
		}
		return fields;
	}

	private Response call(Channel channel, Documented operation, Map<String, String> fields) throws Exception {
		String path = DocumentedApi.path(channel, operation);
		String query = fields.entrySet()
			.stream()
			.map((field) -> field.getKey() + "=" + field.getValue().replace("'", ""))
			.collect(Collectors.joining("&", "?", ""));
		return switch (operation.method()) {
			case "GET" -> this.client.get(path + query);
			case "PUT" -> this.client.put(path + query);
			default -> this.client.post(path,
					fields.entrySet()
						.stream()
						.map((field) -> "'" + field.getKey() + "':" + field.getValue())
						.collect(Collectors.joining(",", "{", "}")));
		};
	}

}
