package io.pulsehook.event;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link EventReader}.
 */
class EventReaderTests {

	@ParameterizedTest
	@CsvSource({ "new_subscriber,NewSubscriber,NEW_SUBSCRIBER", "run_custom_flow,CustomFlowRun,RUN_CUSTOM_FLOW",
			"open_chat,OpenChat,OPEN_CHAT", "link_click,LinkClick,LINK_CLICK", "bot_block,BotBlock,BOT_BLOCK",
			"unsubscribe,Unsubscribe,UNSUBSCRIBE", "outgoing_message,OutgoingMessage,OUTGOING_MESSAGE",
			"incoming_message,IncomingMessage,INCOMING_MESSAGE", "message_reaction,FlowWebhook,OTHER",
			"message_delivered,FlowWebhook,OTHER", "message_read,FlowWebhook,OTHER", "subscribed,FlowWebhook,OTHER",
			"chat_opened,FlowWebhook,OTHER", "delivery_status,FlowWebhook,OTHER",
			"Reserved. Apartment #3,FlowWebhook,OTHER",
			"'\u0417\u0430\u044f\u0432\u043a\u0430 \uD83D\uDE00',FlowWebhook,OTHER",
			"NEW_SUBSCRIBER,FlowWebhook,OTHER" })
	void aTitleAloneIsAnEvent(String title, String type, EventTitle eventTitle) {
		ChatbotEvent event = Json.event(ChatbotEvent.class, "{'title':'" + title + "'}");
		assertThat(event.getClass().getSimpleName()).isEqualTo(type);
		assertThat(event.title()).isEqualTo(title);
		assertThat(event.eventTitle()).isEqualTo(eventTitle);
		assertThat(event.service()).isEqualTo(Channel.UNKNOWN);
		assertThat(event.details()).isEqualTo(
				new ChatbotDetails(title, eventTitle, Channel.UNKNOWN, null, null, null, null, null, null, null));
	}

	@Test
	void aFlowsWebhookMayBearADocumentedName() {
		IncomingMessage event = Json.event(IncomingMessage.class,
				"{'title':'incoming_message','contact':{'my variable':'v','last_message':'hey!','id':'c'},'info':null}");
		assertThat(event.contact()).extracting((contact) -> contact.variable("my variable").text()).isEqualTo("v");
		assertThat(event.text()).isEqualTo("hey!");
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '`', textBlock = """
			'messenger',  MESSENGER
			'telegram',   TELEGRAM
			'viber',      VIBER
			'instagram',  INSTAGRAM
			'livechat',   LIVECHAT
			'whatsapp',   WHATSAPP
			'tiktok',     TIKTOK
			'signal',     UNKNOWN
			""")
	void readsTheService(String code, Channel service) {
		FlowWebhook event = Json.event(FlowWebhook.class,
				"{'title':'x','service':" + code + ",'bot':{'channel':'VIBER'}}");
		assertThat(event.service()).isEqualTo(service);
		assertThat(event.serviceCode()).isEqualTo(code.replace("'", ""));
		assertThat(event.bot()).extracting(Bot::channel).isEqualTo("VIBER");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "'service':null,", "'service':''," })
	void theChannelOfTheBotStandsInForAMissingService(String service) {
		FlowWebhook event = Json.event(FlowWebhook.class, "{'title':'x'," + service + "'bot':{'channel':'TELEGRAM'}}");
		assertThat(event.service()).isEqualTo(Channel.TELEGRAM);
		assertThat(event.serviceCode()).isEqualTo("telegram");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{'link':'https://x'}", "'text'", "[]", "5" })
	void exposesTheInfoWhateverItIs(String info) {
		LinkClick event = Json.event(LinkClick.class, "{'title':'link_click','info':" + info + "}");
		assertThat(event.info()).hasToString(info.replace('\'', '"'));
	}

	@Test
	void aNullInfoIsNone() {
		assertThat(Json.event(LinkClick.class, "{'title':'link_click','info':null}").info()).isNull();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					{}                                              | Neither a chatbot event nor a payment: 'title' must be there and not be blank
					{'deal_id':1,'name':'CRM'}                      | Neither a chatbot event nor a payment: 'title' must be there and not be blank
					{'title':null}                                  | Neither a chatbot event nor a payment: 'title' must be there and not be blank
					{'title':' '}                                   | Neither a chatbot event nor a payment: 'title' must be there and not be blank
					{'event':'open','timestamp':1,'task_id':2}      | Looks like an e-mail or SMTP webhook: it has 'event' and 'timestamp' or 'task_id' but no 'title'. Those are not read here
					{'event':'spam','timestamp':1}                  | Looks like an e-mail or SMTP webhook: it has 'event' and 'timestamp' or 'task_id' but no 'title'. Those are not read here
					{'order':{}}                                    | An incomplete payment: 'order.id' must be there and not be blank, 'order.status' must be there and not be blank
					{'order':{'id':'','status':200}}                | An incomplete payment: 'order.id' must be there and not be blank
					{'order':{'id':1,'status':null}}                | An incomplete payment: 'order.status' must be there and not be blank
					{'event':'payment_order','timestamp':1}         | A payment without exactly one order: 'order' must be one, but there are 0
					{'order':[]}                                    | A payment without exactly one order: 'order' must be one, but there are 0
					{'order':[{'id':1},{'id':2}]}                   | A payment without exactly one order: 'order' must be one, but there are 2
					{'title':{}}                                    | 'title' must be a text, at byte 9 (line 1, column 10)
					{'title':'x','contact':'Bob'}                   | 'contact' must be an object, at byte 23 (line 1, column 24)
					{'title':'x','bot':7}                           | 'bot' must be an object, at byte 19 (line 1, column 20)
					{'title':'x','contact':{'id':{'a':1}}}          | 'contact.id' must be a text, at byte 29 (line 1, column 30)
					{'title':'x','bot':{'name':['a']}}              | 'bot.name' must be a text, at byte 28 (line 1, column 29)
					7                                               | The element must be an object, at byte 0 (line 1, column 1)
					'text'                                          | The element must be an object, at byte 0 (line 1, column 1)
					null                                            | The element must be an object
					[]                                              | The element must be an object
					[{'title':'x'}]                                 | The element must be an object, at byte 1 (line 1, column 2)
					``                                              | Not valid JSON: it ends too early
					{'title':'x'                                    | Not valid JSON: unexpected end-of-input, at byte 12 (line 1, column 13)
					{'title':'x'}{}                                 | Something follows the end of the JSON, at byte 13 (line 1, column 14)
					{'title':'x' 'service':'y'}                     | Not valid JSON: unexpected character, was expecting comma to separate Object entries, at byte 13 (line 1, column 14)
					{'title':'x','bot':{'id':secret}}               | Not valid JSON in 'bot': unrecognized token, at byte 25 (line 1, column 26)
					""")
	void saysWhyAnElementIsNotRecognized(String element, String reason) {
		assertThat(Json.reason(element)).isEqualTo(reason);
	}

	@Test
	void refusesWhatIsNestedTooDeep() {
		assertThat(Json.reason("{'title':'x','info':" + "[".repeat(600) + "]".repeat(600) + "}"))
			.isEqualTo("Beyond the limits of the reader in 'info': Document nesting depth (501) exceeds the maximum "
					+ "allowed (500)");
		assertThat(Json.event("{'title':'x','unknown':" + "{'a':".repeat(100_000)))
			.isInstanceOf(UnrecognizedEvent.class);
		assertThat(Json.event("[".repeat(100_000) + "]".repeat(100_000))).isInstanceOf(UnrecognizedEvent.class);
	}

	@ParameterizedTest
	@ValueSource(strings = { "title", "date", "info", "unknown" })
	void refusesANumberOfThousandsOfDigits(String field) {
		assertThat(Json.reason("{'title':'x','" + field + "':" + "9".repeat(2_000) + "}")).isEqualTo(
				"Beyond the limits of the reader: Number value length (2000) exceeds the maximum allowed (1000)");
	}

	@Test
	void refusesBytesThatAreNotUtf8() {
		byte[] element = Json.bytes("{'title':'x?y'}");
		element[11] = (byte) 0xFF;
		assertThat(new EventReader().read(element)).isEqualTo(
				new UnrecognizedEvent("Not valid JSON in 'title': invalid UTF-8, at byte 12 (line 1, column 13)"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{'title':'x','contact':'s3cret'}", "{'title':s3cret}",
			"{'title':'x','contact':{'id':{'a':'s3cret'}}}", "{'order':{'id':1,'status':{'a':'s3cret'}}}",
			"{'title':'s3cret", "{'title':'x' 's3cret'}", "{'title':'x','bot':{'id':['s3cret']}}",
			"{'title':'\\s3cret'}", "{'event':'s3cret','task_id':'s3cret'}" })
	void theReasonQuotesNoValues(String element) {
		assertThat(Json.reason(element)).isNotBlank().doesNotContain("s3cret");
	}

	@Test
	void theReasonIsOneLineThatCanBeStored() {
		assertThat(Json.reason("{'contact':{'variables':{'a\\u0000\\n\\ud800':nonsense}}}")).isNotBlank()
			.doesNotContain("\u0000", "\n", "\ud800");
		assertThat(Json.reason("{'contact':{'" + "n".repeat(5_000) + "':{'a':nonsense}}}")).hasSizeLessThan(500);
	}

	@ParameterizedTest
	@ValueSource(strings = { "1e2147483647", "0e2147483647", "-1e-2147483647" })
	void aNumberThatNobodyMeansBreaksNothingWhereverItIs(String number) {
		EventReader reader = new EventReader();
		for (String json : List.of("{'title':'x','date':%1$s,'service':%1$s,'bot':{'id':%1$s,'external_id':%1$s}}",
				"{'title':'x','contact':{'id':%1$s,'phone':%1$s,'tags':[%1$s],'operator':{'created_at':%1$s}}}",
				"{'title':'x','contact':{'variables':{'a':%1$s},'last_message_data':%1$s,'b':%1$s}}",
				"{'title':'failed_delivery','info':{'timestamp':%1$s,'error_code':%1$s}}",
				"{'title':'incoming_message','info':{'message':{'id':%1$s,'channel_data':{'message':{'is_echo':%1$s,"
						+ "'photo':[{'width':%1$s},{'width':1}],'location':{'latitude':%1$s,'longitude':%1$s}}}}}}",
				"{'timestamp':%1$s,'version':%1$s,'order':{'id':%1$s,'status':%1$s,'type':%1$s,'number':%1$s,"
						+ "'updatedAt':%1$s,'variables':[{'valueType':2,'value':%1$s}]}}")) {
			Event event = Json.event(json.formatted(number));
			assertThat(event).isNotInstanceOf(UnrecognizedEvent.class);
			assertThat(event.occurredAt()).isNull();
			assertThat(reader.toJson(event).toString()).hasSizeLessThan(2_000);
			if (event instanceof MessageEvent message) {
				assertThat(String.valueOf(reader.messageToJson(message))).hasSizeLessThan(2_000);
			}
		}
	}

	@Test
	void theLastOfDuplicateKeysCounts() {
		ChatbotEvent event = Json.event(ChatbotEvent.class,
				"""
						{'title':'x','service':'viber','bot':{'id':1,'id':2},'contact':{'id':1,'id':2},'date':1,'info':1,
						'order':null,'timestamp':1,'version':1,'event':1,'task_id':1,'title':'unsubscribe','service':'telegram'}""");
		assertThat(event).isInstanceOf(Unsubscribe.class);
		assertThat(event.service()).isEqualTo(Channel.TELEGRAM);
		assertThat(event.bot()).extracting(Bot::id).isEqualTo("2");
		assertThat(event.contact()).extracting(Contact::id).isEqualTo("2");
	}

	@Test
	void unknownFieldsAndOtherScalarsNeverFail() {
		FlowWebhook event = Json.event(FlowWebhook.class,
				"{'title':7,'new':{'a':[1]},'bot':{'name':true,'new':[]},'contact':{'name':1.50}}");
		assertThat(event.title()).isEqualTo("7");
		assertThat(event.bot()).extracting(Bot::name).isEqualTo("true");
		assertThat(event.contact()).extracting(Contact::name).isEqualTo("1.50");
	}

	@Test
	void theReasonDoesNotDependOnTheLocale() {
		Locale before = Locale.getDefault();
		try {
			Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
			assertThat(new EventReader().read(Json.bytes("{}"))).isEqualTo(new UnrecognizedEvent(
					"Neither a chatbot event nor a payment: 'title' must be there and not " + "be blank"));
			assertThat(Json.reason("7")).isEqualTo("The element must be an object, at byte 0 (line 1, column 1)");
		}
		finally {
			Locale.setDefault(before);
		}
	}

	@Test
	void writesAChatbotEventAsOneFlatObject() {
		Event event = Json.event("""
				{'title':'incoming_message','service':'telegram','date':1625834714,'bot':{'external_id':5},
				'contact':{'last_message':'a','tags':['t'],'variables':{'v':1.50}},'info':{'message':{}}}""");
		assertThat(new EventReader().toJson(event).toString().replace('"', '\'')).isEqualTo(
				"""
						{'title':'incoming_message','eventTitle':'INCOMING_MESSAGE','service':'TELEGRAM','serviceCode':'telegram',\
						'bot':{'id':null,'externalId':'5','name':null,'url':null,'channel':null},\
						'contact':{'id':null,'name':null,'username':null,'email':null,'phone':null,'rawPhone':null,'lastMessage':'a',\
						'lastMessageData':null,'photo':null,'profilePic':null,'telegramId':null,'userId':null,\
						'tags':[{'name':'t','raw':'t'}],'operator':null,'variables':{'v':1.50}},\
						'date':'2021-07-09T12:45:14Z','rawDate':'1625834714','info':{'message':{}}}""");
	}

	@Test
	void writesAPaymentWithItsCodes() {
		JsonNode json = new EventReader().toJson(Json.payment(",'totalCost':12.50,'service':2,'updatedAt':'soon',"
				+ "'variables':[{'name':'n','value':'v','valueType':1}]"));
		assertThat(json.path("status").asString()).isEqualTo("COMPLETED");
		assertThat(json.path("statusCode").asString()).isEqualTo("200");
		assertThat(json.path("service").asString()).isEqualTo("UNKNOWN");
		assertThat(json.path("serviceCode").asString()).isEqualTo("2");
		assertThat(json.path("totalCost").toString()).isEqualTo("12.50");
		assertThat(json.path("updatedAt").isNull()).isTrue();
		assertThat(json.path("rawUpdatedAt").asString()).isEqualTo("soon");
		assertThat(json.path("variables").toString().replace('"', '\''))
			.isEqualTo("[{'name':'n','valueType':'STRING','valueTypeCode':'1','text':'v'}]");
		assertThat(json.path("paid").asBoolean()).isTrue();
		assertThat(json.path("test").asBoolean()).isFalse();
	}

	@Test
	void writesAnUnrecognizedEventAndAMessage() {
		EventReader reader = new EventReader();
		assertThat(reader.toJson(new UnrecognizedEvent("why"))).hasToString("{\"reason\":\"why\"}");
		assertThat(reader.messageToJson(Json.incoming("{'message':{'text':'hi','is_echo':true}}"))).asString()
			.contains("\"echo\":true");
	}

	@Test
	void whatItWritesCanBeWrittenInUtf8() {
		Event event = Json.event("{'title':'a\\ud800b','contact':{'a':'\\udc00 \\ud83d\\ude00'}}");
		JsonNode json = new EventReader().toJson(event);
		assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(json.toString())).isTrue();
		assertThat(json.toString()).contains("a?b", "\uD83D\uDE00");
	}

	@Test
	void writesWhatIsNestedAsDeepAsItMayBeRead() {
		Event event = Json.event("{'title':'x','contact':{'a':" + "[".repeat(498) + "]".repeat(498) + "}}");
		assertThat(event).isInstanceOf(FlowWebhook.class);
		assertThat(new EventReader().toJson(event).path("contact").path("variables").has("a")).isTrue();
	}

}
