package io.pulsehook.event;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what a message has beside text and attachments.
 */
class MessagePartsTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			{'channel_data':{'message_id':943544,'message':{'mid':'no','id':'no'}},'id':'no'}    | 943544
			{'channel_data':{'message_id':9007199254740993},'id':'no'}                           | 9007199254740993
			{'channel_data':{'message':{'mid':'m_1','message_id':'no','id':'no'}},'id':'no'}     | m_1
			{'channel_data':{'message_id':null,'message':{'message_id':7,'id':'no'}},'id':'no'}  | 7
			{'channel_data':{'message':{'id':'wamid'}},'id':'no'}                                | wamid
			{'channel_data':{},'id':'60e8'}                                                      | 60e8
			{'id':'60e8'}                                                                        | 60e8
			""")
	void theMessageIdIsTheFirstThatIsThere(String message, String id) {
		IncomingMessage event = Json.event(IncomingMessage.class,
				"{'title':'incoming_message','info':{'message':" + message + "}}");
		assertThat(event.messageId()).isEqualTo(id);
		assertThat(event.message().messageId()).isEqualTo(id);
	}

	@ParameterizedTest
	@ValueSource(strings = { "null", "[]", "'text'", "{'message':null}", "{'message':[1]}", "{'message':{'id':{}}}" })
	void whateverTheInfoIsAPartThatIsNotFoundIsMissing(String info) {
		for (String title : new String[] { "incoming_message", "outgoing_message" }) {
			MessageEvent event = Json.event(MessageEvent.class, "{'title':'" + title + "','info':" + info + "}");
			assertThat(event.message()).isEqualTo(new Message(null, null, List.of(), null, false, null, null, null));
			assertThat(event.isComment()).isFalse();
			assertThat(event.isEcho()).isFalse();
			assertThat(event.sentBy()).isNull();
			assertThat(event.replyTo()).isNull();
			assertThat(event.referral()).isNull();
		}
	}

	@Test
	void anOperatorSentTheMessage() {
		OutgoingMessage event = Json.event(OutgoingMessage.class,
				"""
						{'title':'outgoing_message','info':{'message':{'sent_by':{'firstname':'Ann','lastname':'Lee','email':'a@b.c'}}}}""");
		assertThat(event.sentBy()).isEqualTo(new Sender("Ann", "Lee", "a@b.c"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "null", "[]", "{}", "'bot'" })
	void theBotOrTheApiSentTheMessage(String sentBy) {
		assertThat(Json
			.event(OutgoingMessage.class, "{'title':'outgoing_message','info':{'message':{'sent_by':" + sentBy + "}}}")
			.sentBy()).isNull();
	}

	@Test
	void aCommentOfAFacebookPage() {
		IncomingMessage event = Json.incoming(
				"""
						{'message':{'item':'comment','verb':'add','message':'nice','comment_id':'1_2','post_id':1000000000000}}""");
		assertThat(event.isComment()).isTrue();
		assertThat(event.comment()).isEqualTo(new Comment("1_2", "1000000000000", null));
		assertThat(event.text()).isEqualTo("nice");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{'item':'comment','verb':'remove','comment_id':'1'}", "{'item':'like','verb':'add'}",
			"{'text':'hi'}" })
	void whatIsNoComment(String message) {
		IncomingMessage event = Json.incoming("{'message':" + message + "}");
		assertThat(event.isComment()).isFalse();
		assertThat(event.message().comment()).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { """
			{'message':{'text':'nice'},'media':{'id':5,'permalink':'https://i/p','media_product_type':'FEED'},
			'comment_id':17}""", """
			{'message':{'text':'nice','comment_id':'17'},'media':{'id':'5','permalink':'https://i/p'}}""" })
	void aCommentOnInstagram(String channelData) {
		IncomingMessage event = Json.incoming(channelData);
		assertThat(event.isComment()).isTrue();
		assertThat(event.comment()).isEqualTo(new Comment("17", "5", "https://i/p"));
		assertThat(event.text()).isEqualTo("nice");
	}

	@ParameterizedTest
	@CsvSource({ "true,true", "1,true", "'''true''',true", "false,false", "null,false", "{},false", "'''x''',false" })
	void anEchoIsAnOwnMessage(String value, boolean echo) {
		IncomingMessage event = Json.incoming("{'message':{'is_echo':" + value + "}}");
		assertThat(event.isEcho()).isEqualTo(echo);
		assertThat(event.message().echo()).isEqualTo(echo);
	}

	@Test
	void aReplyNamesTheMessageOrTheStory() {
		assertThat(Json.incoming("{'message':{'reply_to':{'mid':'m1'}}}").replyTo())
			.isEqualTo(new ReplyTo("m1", null, null));
		assertThat(Json.incoming("{'message':{'reply_to':{'story':{'id':1,'url':'https://s'}}}}").replyTo())
			.isEqualTo(new ReplyTo(null, "https://s", "1"));
		assertThat(Json.incoming("{'message':{'reply_to':{}}}").replyTo()).isNull();
	}

	@Test
	void theReferralOfAnAdvertIsKeptAsSent() {
		assertThat(Json.incoming("{'message':{'referral':{'ad_id':5}}}").referral()).hasToString("{\"ad_id\":5}");
		assertThat(Json.incoming("{'message':{'referral':null}}").referral()).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "viber", "livechat" })
	void viberAndLiveChatAreReadLikeTelegram(String service) {
		IncomingMessage event = Json.event(IncomingMessage.class, """
				{'title':'incoming_message','service':'%s','info':{'message':{'channel_data':{'message_id':5,
				'message':{'text':'hi'}}}}}""".formatted(service));
		assertThat(event.text()).isEqualTo("hi");
		assertThat(event.messageId()).isEqualTo("5");
	}

}
