package io.pulsehook.event;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the text of a message on each channel.
 */
class MessageTextTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					Telegram, Instagram, TikTok | {'message':{'text':'hi'}}
					TikTok                      | {'message':{'text':{'body':'hi'}}}
					WhatsApp                    | {'message':{'text':{'body':'hi'},'image':null}}
					WhatsApp button reply       | {'message':{'text':null,'interactive':{'button_reply':{'id':'1','title':'hi'}}}}
					WhatsApp list reply         | {'message':{'interactive':{'list_reply':{'id':'1','title':'hi'}}}}
					WhatsApp button             | {'message':{'button':{'payload':'p','text':'hi'}}}
					Instagram quick reply       | {'message':{'title':'hi','payload':'p'}}
					Facebook comment            | {'message':{'item':'comment','verb':'add','message':'hi'}}
					Instagram comment           | {'message':{'text':'hi'},'media':{'permalink':'https://i'},'comment_id':1}
					""")
	void incomingText(String channel, String channelData) {
		assertThat(Json.incoming(channelData, "{'last_message':'older'}").text()).isEqualTo("hi");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					Telegram           | {'message':{'text':'hi','parse_mode':'HTML'}}
					WhatsApp           | {'message':{'text':{'body':'hi'}}}
					Instagram          | {'message':{'recipient':{'id':1},'message':{'text':'hi'}}}
					Instagram template | {'message':{'message':{'attachment':{'type':'template','payload':{'elements':[{'title':'hi'}]}}}}}
					""")
	void outgoingText(String channel, String channelData) {
		assertThat(Json.outgoing(channelData, "{'last_message':'older'}").text()).isEqualTo("hi");
	}

	@Test
	void theTitlesOfATemplateAreLines() {
		assertThat(Json.outgoing("""
				{'message':{'message':{'attachment':{'payload':{'elements':[{'title':'a'},{},7,{'title':'b'}]}}}}}""")
			.text()).isEqualTo("a\nb");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{'message':{}}", "null", "[]", "'text'", "{'message':{'text':null}}",
			"{'message':{'text':''}}", "{'message':{'item':'comment','verb':'remove','message':'gone'}}" })
	void incomingTextIsElseTheContactsLastMessage(String channelData) {
		assertThat(Json.incoming(channelData, "{'last_message':'hey!'}").text()).isEqualTo("hey!");
		assertThat(Json.incoming(channelData, "{'last_message':'hey!','last_message_data':{'message':{'text':'data'}}}")
			.text()).isEqualTo("data");
		assertThat(Json
			.incoming(channelData, "{'last_message':'hey!','last_message_data':{'message':{'text':{'body':'data'}}}}")
			.text()).isEqualTo("data");
	}

	@Test
	void withoutInfoIncomingTextIsTheLastMessageAndOutgoingTextIsUnknown() {
		String rest = "'info':null,'contact':{'last_message':'hey!','last_message_data':{'message':{'text':'hey!'}}}}";
		assertThat(Json.event(IncomingMessage.class, "{'title':'incoming_message'," + rest).text()).isEqualTo("hey!");
		assertThat(Json.event(OutgoingMessage.class, "{'title':'outgoing_message'," + rest).text()).isNull();
	}

	@Test
	void theContactsLastMessageIsNeverWhatWasSent() {
		String contact = "{'last_message':'client','last_message_data':{'message':{'text':'client'}}}";
		assertThat(Json.outgoing("{'message':{}}", contact).text()).isNull();
		assertThat(Json.outgoing("{'message':{'photo':'a.jpg'}}", contact).text()).isNull();
		assertThat(Json.incoming("{'message':{'is_echo':true}}", contact).text()).isNull();
	}

	@Test
	void aCaptionIsNoText() {
		String channelData = "{'message':{'image':{'id':'1','caption':'look at this'}}}";
		assertThat(Json.incoming(channelData).text()).isNull();
		assertThat(Json.incoming(channelData, "{'last_message':'look at this'}").text()).isNull();
		assertThat(Json.incoming(channelData, "{'last_message':'look at'}").text()).as("cut").isNull();
		assertThat(Json.incoming("{'message':{'photo':[{'file_id':'1'}],'caption':'look'}}").text()).isNull();
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "{'message':{'image':{'id':'1'}}}", "{'message':{'document':{'id':'1','url':'https://x'}}}",
					"{'message':{'attachments':[{'type':'image','payload':{}}]}}" })
	void anAddressOfAMediumIsNoText(String channelData) {
		assertThat(Json.incoming(channelData, "{'last_message':'https://cdn.example.com/f?id=1'}").text()).isNull();
		assertThat(Json.incoming(channelData, """
				{'last_message':'hello','last_message_data':{'message':{'text':'https://cdn.example.com/f'}}}""")
			.text()).isEqualTo("hello");
	}

	@Test
	void anAddressOfAMediaFileIsNoTextEvenWithoutInfo() {
		assertThat(Json.incoming("null", "{'last_message':'https://cdn.example.com/a/photo.JPG?x=1'}").text()).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://example.com/", "https://example.com/page.html", "see https://example.com/a.jpg",
			"https://example.jpg" })
	void aLinkThatTheContactTypedIsText(String link) {
		assertThat(Json.incoming("null", "{'last_message':'" + link + "'}").text()).isEqualTo(link);
		assertThat(Json.incoming("{'message':{'text':'" + link + "'}}").text()).isEqualTo(link);
	}

	@Test
	void aTypedAddressOfAMediaFileIsTextWhereTheMessageSaysSo() {
		IncomingMessage event = Json.incoming("{'message':{'text':'https://e.com/a.jpg'}}",
				"{'last_message':'https://e.com/a.jpg'}");
		assertThat(event.text()).isEqualTo("https://e.com/a.jpg");
		assertThat(event.attachments()).isEmpty();
	}

}
