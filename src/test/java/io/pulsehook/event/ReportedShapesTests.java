package io.pulsehook.event;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for shapes that no page documents and integrations in production report.
 */
class ReportedShapesTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					Good evening        | a1 | LIVECHAT  | {'info':{'message':{'channel_data':{'message':{'type':'text','text':{'text':'Good evening'}}},'id':'a1'}},'service':'livechat'
					Hello from the site | a2 | LIVECHAT  | {'info':{'message':{'text':'Hello from the site','id':'a2'}},'service':'live_chat'
					Get started         | a3 | MESSENGER | {'info':{'message':{'channel_data':{'postback':{'title':'Get started','payload':'START'}},'id':'a3'}},'service':'messenger'
					Get started         | a3 | INSTAGRAM | {'info':{'message':{'channel_data':{'postback':{'title':'Get started','payload':'START'}},'id':'a3'}},'service':'instagram'
					Hello               | a4 | TELEGRAM  | {'message':{'channel_data':{'message':{'text':'Hello','message_id':'a4'}}},'service':'telegram'
					Hello               | a5 | WHATSAPP  | {'info':null,'message':{'channel_data':{'message':{'text':{'body':'Hello'},'id':'a5'}}},'service':'whatsapp'
					Hello               | a6 | WHATSAPP  | {'info':{'message':null},'message':{'text':'Hello','id':'a6'},'service':'whatsapp'
					Hello               |    | LIVECHAT  | {'message':'Hello','service':'live_chat'
					""")
	void aTextIsReadFromEveryForm(String text, @Nullable String id, Channel service, String event) {
		IncomingMessage message = Json.event(IncomingMessage.class,
				event + ",'title':'incoming_message','contact':{'last_message':'older'}}");
		assertThat(message.text()).isEqualTo(text);
		assertThat(message.messageId()).isEqualTo(id);
		assertThat(message.service()).isEqualTo(service);
		assertThat(message.message().text()).isEqualTo(text);
	}

	@Test
	void aMessageInInfoCountsBeforeTheOneBesideIt() {
		IncomingMessage event = Json.event(IncomingMessage.class, """
				{'title':'incoming_message','info':{'message':{'text':'in info'}},'message':{'text':'beside'}}""");
		assertThat(event.text()).isEqualTo("in info");
	}

	@Test
	void theMessageBesideInfoIsWrittenOnlyWhereThereIsOne() {
		EventReader reader = new EventReader();
		assertThat(reader.toJson(Json.event("{'title':'incoming_message','message':{'text':'hi'}}")).path("message"))
			.hasToString("{\"text\":\"hi\"}");
		assertThat(reader.toJson(Json.event("{'title':'incoming_message'}")).has("message")).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "livechat", "live_chat", "LiveChat", "LIVE_CHAT" })
	void theLiveChatIsSpelledInTwoWays(String code) {
		ChatbotEvent event = Json.event(ChatbotEvent.class, "{'title':'open_chat','service':'" + code + "'}");
		assertThat(event.service()).isEqualTo(Channel.LIVECHAT);
		assertThat(event.serviceCode()).isEqualTo(code);
		assertThat(Json.event(ChatbotEvent.class, "{'title':'open_chat','bot':{'channel':'" + code + "'}}").service())
			.isEqualTo(Channel.LIVECHAT);
	}

	@Test
	void theWholeAddressOfALiveChatsFileIsTheContactsLastMessage() {
		String message = "{'message':{'type':'image','url':'/files/1/a b.png'}}";
		IncomingMessage event = Json.incoming(message, "{'last_message':'https://cdn.example.com/files/1/a%20b.png'}");
		assertThat(event.attachments()).extracting(Attachment::url)
			.containsExactly("https://cdn.example.com/files/1/a%20b.png");
		assertThat(event.attachments()).extracting(Attachment::type).containsExactly(AttachmentType.IMAGE);
		assertThat(event.text()).isNull();
		assertThat(Json.incoming(message, "{'last_message':'hello'}").attachments()).extracting(Attachment::url)
			.containsExactly("/files/1/a b.png");
		assertThat(Json.outgoing(message, "{'last_message':'https://client'}").attachments())
			.extracting(Attachment::url)
			.containsExactly("/files/1/a b.png");
	}

	@Test
	void aTextMessageWithAnAddressBesideItIsNoFile() {
		assertThat(Json.incoming("{'message':{'type':'text','url':'/page','text':{'text':'hi'}}}").attachments())
			.isEmpty();
	}

	@Test
	void aReactionNamesTheOtherMessage() {
		IncomingMessage event = Json.event(IncomingMessage.class, """
				{'title':'incoming_message','contact':{'last_message':'older'},'info':{'message':{'id':'own',
				'channel_data':{'message':{'type':'reaction','reaction':{'message_id':'other','emoji':'x'}}}}}}""");
		assertThat(event.messageId()).isEqualTo("own");
		assertThat(event.replyTo()).isEqualTo(new ReplyTo("other", null, null));
		assertThat(event.text()).isNull();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", textBlock = """
			{'phone':380985236985}   | 380985236985 | 380985236985
			{'phone':'380985236985'} | 380985236985 | 380985236985
			{'phone':'{{phone}}'}    | -            | {{phone}}
			{'phone':' {{ phone }}'} | -            | ' {{ phone }}'
			{'phone':null}           | -            | -
			{}                       | -            | -
			""")
	void aPhoneThatATemplateDidNotFillInIsNone(String contact, @Nullable String phone, @Nullable String raw) {
		assertThat(Json.contact(contact).phone()).isEqualTo(phone);
		assertThat(Json.contact(contact).rawPhone()).isEqualTo(raw);
	}

	@Test
	void neitherIsAnyOtherFieldThatTellsWhoTheContactIs() {
		Contact contact = Json.contact("""
				{'id':'{{contact.id}}','name':'{{name}}','username':'{{u}}','email':'{{email}}',
				'last_message':'{{typed by the contact}}'}""");
		assertThat(contact).extracting(Contact::id, Contact::name, Contact::username, Contact::email)
			.containsOnlyNulls();
		assertThat(contact.lastMessage()).isEqualTo("{{typed by the contact}}");
	}

	@Test
	void theCodeOfADeepLinkIsKnown() {
		assertThat(Json.contact("""
				{'last_message':'/start','last_message_data':{'message':{'tracking_data':{'start':'spring_sale'}}}}""")
			.startCode()).isEqualTo("spring_sale");
		assertThat(Json.contact("{'last_message_data':{'message':{'tracking_data':[]}}}").startCode()).isNull();
		assertThat(Json.contact("{}").startCode()).isNull();
	}

	@Test
	void twoContactsOfOnePersonShareTheIdOnTelegram() {
		assertThat(List.of(Json.contact("{'id':'a','telegram_id':5000000000}"),
				Json.contact("{'id':'b','telegram_id':'5000000000'}")))
			.extracting(Contact::telegramId)
			.containsOnly("5000000000");
	}

	@Test
	void aBodyHoldsSeveralTitles() throws MalformedBodyException {
		EventReader reader = new EventReader();
		assertThat(Elements.split(Json.bytes("""
				[{'title':'incoming_message','contact':{'id':'a'},'date':1625834714},{'title':'open_chat'},
				{'title':'failed_delivery','info':{'error_code':470}}]""")).stream().map(reader::read))
			.hasExactlyElementsOfTypes(IncomingMessage.class, OpenChat.class, FailedDelivery.class);
	}

	@Test
	void aBodyHoldsTheSameTitleForTwoContacts() throws MalformedBodyException {
		EventReader reader = new EventReader();
		List<OutgoingMessage> events = Elements.split(Json.bytes("""
				[{'title':'outgoing_message','contact':{'id':'a','last_message':'x'}},{'title':'outgoing_message',
				'contact':{'id':'b'},'info':{'message':{'channel_data':{'message':{'text':'hi'}}}}}]"""))
			.stream()
			.map(reader::read)
			.map(OutgoingMessage.class::cast)
			.toList();
		assertThat(events).extracting(OutgoingMessage::text).containsExactly(null, "hi");
		assertThat(events).extracting((event) -> Objects.requireNonNull(event.contact()).id())
			.containsExactly("a", "b");
	}

	@ParameterizedTest
	@CsvSource({ "470,470", "'\"470\"',470", "null,", "{},", "'\"131047\"',131047" })
	void aFailedDeliverySaysWhy(String code, @Nullable String expected) {
		FailedDelivery event = Json.event(FailedDelivery.class, """
				{'title':'failed_delivery','service':'whatsapp','bot':{'id':'b'},'contact':{'phone':380},
				'info':{'timestamp':1625834714,'error_message':'Re-engagement message','error_code':%s,
				'message_id':'wamid.1'}}""".formatted(code));
		assertThat(event.errorCode()).isEqualTo(expected);
		assertThat(event.errorMessage()).isEqualTo("Re-engagement message");
		assertThat(event.messageId()).isEqualTo("wamid.1");
		assertThat(event.failedAt()).isEqualTo("2021-07-09T12:45:14Z");
		assertThat(event.eventTitle()).isEqualTo(EventTitle.FAILED_DELIVERY);
		assertThat(event.contact()).extracting(Contact::id, Contact::phone).containsExactly(null, "380");
		assertThat(event.bot()).isEqualTo(new Bot("b", null, null, null, null));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ",'info':null", ",'info':[]", ",'info':'text'", ",'info':{'timestamp':[]}" })
	void aFailedDeliveryMaySayNothing(String info) {
		FailedDelivery event = Json.event(FailedDelivery.class, "{'title':'failed_delivery'" + info + "}");
		assertThat(event.errorCode()).isNull();
		assertThat(event.errorMessage()).isNull();
		assertThat(event.messageId()).isNull();
		assertThat(event.failedAt()).isNull();
		assertThat(event.occurredAt()).isNull();
	}

	@Test
	void theTimeOfAFailedDeliveryIsItsDateOrElseWhenItFailed() {
		String event = "{'title':'failed_delivery'%s,'info':{'timestamp':'1625834714'}}";
		assertThat(Json.event(event.formatted("")).occurredAt()).isEqualTo("2021-07-09T12:45:14Z");
		assertThat(Json.event(event.formatted(",'date':1625834715")).occurredAt())
			.isEqualTo(Instant.parse("2021-07-09T12:45:15Z"));
	}

	@Test
	void aFailedDeliveryThatAVersionBeforeStoredIsReadAsThat() {
		EventReader reader = new EventReader();
		byte[] element = Json.bytes("{'title':'failed_delivery','info':{'error_code':470}}");
		assertThat(reader.read(element, "FlowWebhook")).isInstanceOf(FlowWebhook.class)
			.extracting((event) -> ((FlowWebhook) event).info())
			.hasToString("{\"error_code\":470}");
		assertThat(reader.read(element, "FailedDelivery")).isInstanceOf(FailedDelivery.class);
		assertThat(reader.read(Json.bytes("{'title':'open_chat'}"), "FlowWebhook")).isInstanceOf(OpenChat.class);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					{'client_id':5,'message':'hi','name':'Ann'}                                | Neither a chatbot event nor a payment
					{'id':'5','nombre':'Ana','telefono':'380','bot':'ventas'}                  | 'bot' must be an object
					{'id':'{{contact.id}}','phone':'{{phone}}'}                                | Neither a chatbot event nor a payment
					{'id':{{contact.id}}}                                                      | Not valid JSON
					{'phone':'380','status':1,'campaign_id':7}                                 | Neither a chatbot event nor a payment
					{'event':'delivered','timestamp':1625834714,'email':'a@b.c','task_id':7}   | Looks like an e-mail or SMTP webhook
					{'deal':{'id':1},'contact':{'id':2}}                                       | Neither a chatbot event nor a payment
					{'order':'1234','client':'Ann'}                                            | 'order[0]' must be an object
					""")
	void bodiesOfOtherProductsAreKeptWithAReason(String body, String reason) throws MalformedBodyException {
		EventReader reader = new EventReader();
		List<byte[]> elements = Elements.split(Json.bytes("[" + body + "]"));
		assertThat(elements).hasSize(1);
		assertThat(reader.read(elements.get(0))).isInstanceOfSatisfying(UnrecognizedEvent.class,
				(event) -> assertThat(event.reason()).startsWith(reason));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					{'title':'x', // why\\n'info':null}        | Not valid JSON: there is a comment, but JSON has no comments, at byte 14 (line 1, column 15)
					{'title':'x','info':{ /* why */ }}        | Not valid JSON in 'info': there is a comment, but JSON has no comments, at byte 22 (line 1, column 23)
					{'title':'x',\\n 'bot':{'id': /* 5 */ 6}}  | Not valid JSON in 'bot': there is a comment, but JSON has no comments, at byte 28 (line 2, column 15)
					{'title':'x'} // why                      | Not valid JSON: there is a comment, but JSON has no comments, at byte 14 (line 1, column 15)
					""")
	void anElementWithCommentsIsKeptWithAReasonInWords(String element, String reason) {
		assertThat(Json.reason(element.replace("\\n", "\n"))).isEqualTo(reason);
	}

}
