package io.pulsehook.event;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the attachments of a message on each channel.
 */
class MessageAttachmentTests {

	@ParameterizedTest
	@CsvSource({ "image,IMAGE", "video,VIDEO", "audio,AUDIO", "file,DOCUMENT", "ig_reel,REEL", "reel,REEL",
			"ig_post,POST", "post,POST", "share,SHARE", "ig_story,STORY", "story_mention,STORY", "hologram,OTHER" })
	void instagramAndMessengerNameTheType(String type, AttachmentType expected) {
		Attachment attachment = only(
				Json.incoming("{'message':{'attachments':[{'type':'%s','payload':{'url':'https://u','title':'t'}}]}}"
					.formatted(type)));
		assertThat(attachment.type()).isEqualTo(expected);
		assertThat(attachment.url()).isEqualTo("https://u");
		assertThat(attachment.caption()).isEqualTo("t");
		assertThat(attachment.raw().path("type").asString()).isEqualTo(type);
	}

	@ParameterizedTest
	@ValueSource(strings = { "ig_post", "ig_reel" })
	void aShareBesideItsPostOrReelIsReportedOnce(String type) {
		IncomingMessage event = Json.incoming("""
				{'message':{'attachments':[{'type':'share','payload':{'url':'https://u'}},
				{'type':'%s','payload':{'url':'https://u','title':'t'}}]}}""".formatted(type));
		assertThat(only(event).raw().path("type").asString()).isEqualTo(type);
	}

	@Test
	void anOutgoingMediumOfInstagramIsRead() {
		Attachment attachment = only(
				Json.outgoing("{'message':{'message':{'attachment':{'type':'image','payload':{'url':'https://u'}}}}}"));
		assertThat(attachment.type()).isEqualTo(AttachmentType.IMAGE);
		assertThat(attachment.url()).isEqualTo("https://u");
		assertThat(
				Json.outgoing("{'message':{'message':{'attachment':{'type':'template','payload':{}}}}}").attachments())
			.isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "image,IMAGE", "audio,AUDIO", "voice,VOICE", "video,VIDEO", "document,DOCUMENT", "sticker,STICKER" })
	void whatsAppHasAPlaceForEachType(String field, AttachmentType type) {
		String medium = "'id':7,'mime_type':'a/b','caption':'c','filename':'f.x'";
		Attachment attachment = only(
				Json.incoming("{'message':{'text':null,'%s':{%s,'url':'https://u'}}}".formatted(field, medium)));
		assertThat(attachment)
			.isEqualTo(new Attachment(type, "7", "https://u", "a/b", "f.x", "c", null, attachment.raw()));
		Attachment without = only(
				Json.incoming("{'message':{'%s':{%s}}}".formatted(field, medium), "{'last_message':'https://last'}"));
		assertThat(without.url()).as("the address is in last_message").isEqualTo("https://last");
	}

	@Test
	void theAddressInTheLastMessageIsForIncomingMediaWithoutOne() {
		String last = "{'last_message':'https://last'}";
		assertThat(only(Json.incoming("{'message':{'image':{'id':1,'url':'https://u'}}}", last)).url())
			.isEqualTo("https://u");
		assertThat(only(Json.incoming("{'message':{'image':{'id':1}}}", "{'last_message':'hello'}")).url()).isNull();
		assertThat(only(Json.incoming("{'message':{'image':{'id':1}}}", "{'last_message':null}")).url()).isNull();
		assertThat(only(Json.outgoing("{'message':{'image':{'id':1}}}", last)).url()).isNull();
		assertThat(only(Json.incoming("{'message':{'is_echo':true,'image':{'id':1}}}", last)).url()).isNull();
		assertThat(only(Json.incoming("{'message':{'location':{}}}", last)).url()).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "https://e.com/a.jpg,IMAGE", "https://e.com/a.mp4?x=/y,VIDEO", "https://e.com/b/a.mp3,AUDIO",
			"https://e.com/a.oga,VOICE" })
	void withoutInfoTheAddressOfAMediaFileIsTheAttachment(String url, AttachmentType type) {
		Attachment attachment = only(Json.incoming("null", "{'last_message':'" + url + "'}"));
		assertThat(attachment.type()).isEqualTo(type);
		assertThat(attachment.url()).isEqualTo(url);
	}

	@Test
	void aPhotoOfTelegramIsItsLargestSize() {
		Attachment attachment = only(Json.incoming(
				"""
						{'message':{'photo':[{'file_id':'s','width':90},{'file_id':'l','width':800},{'file_id':'m','width':320}],
						'caption':'c'}}"""));
		assertThat(attachment.type()).isEqualTo(AttachmentType.IMAGE);
		assertThat(attachment.id()).isEqualTo("l");
		assertThat(attachment.caption()).isEqualTo("c");
	}

	@Test
	void anOutgoingPhotoOfTelegramIsARelativePath() {
		Attachment attachment = only(Json.outgoing("{'message':{'photo':'bots/1/photo.png','caption':'c'}}"));
		assertThat(attachment.type()).isEqualTo(AttachmentType.IMAGE);
		assertThat(attachment.url()).isEqualTo("bots/1/photo.png");
		assertThat(attachment.caption()).isEqualTo("c");
	}

	@ParameterizedTest
	@CsvSource({ "document,DOCUMENT", "voice,VOICE", "video,VIDEO", "sticker,STICKER" })
	void telegramHasAPlaceForEachType(String field, AttachmentType type) {
		Attachment attachment = only(Json.incoming(
				"{'message':{'%s':{'file_id':'f','mime_type':'a/b','file_name':'n'},'caption':'c'}}".formatted(field)));
		assertThat(attachment).isEqualTo(new Attachment(type, "f", null, "a/b", "n", "c", null, attachment.raw()));
	}

	@Test
	void aLocationHasCoordinates() {
		Attachment attachment = only(
				Json.incoming("{'message':{'location':{'latitude':50.45,'longitude':'30.52','name':'Kyiv'}}}"));
		assertThat(attachment.type()).isEqualTo(AttachmentType.LOCATION);
		assertThat(attachment.coordinates()).isEqualTo(new Coordinates(50.45, 30.52));
		assertThat(only(Json.incoming("{'message':{'location':{'latitude':null,'longitude':'x'}}}")).coordinates())
			.isNull();
	}

	@ParameterizedTest
	@CsvSource({ "91,1", "1,181", "-90.1,1", "1e400,1", "1,1e2147483647", "\"NaN\",1", "1,\"Infinity\"" })
	void aPlaceThatIsNotOnEarthIsNowhere(String latitude, String longitude) {
		assertThat(only(
				Json.incoming("{'message':{'location':{'latitude':%s,'longitude':%s}}}".formatted(latitude, longitude)))
			.coordinates()).isNull();
	}

	@Test
	void sharedContactsAreAttachments() {
		assertThat(Json.incoming("{'message':{'contacts':[{'name':{}},{'phones':[]},null]}}").attachments())
			.extracting(Attachment::type)
			.containsExactly(AttachmentType.CONTACT, AttachmentType.CONTACT);
		Attachment telegram = only(Json.incoming("{'message':{'contact':{'phone_number':'380'}}}"));
		assertThat(telegram.type()).isEqualTo(AttachmentType.CONTACT);
		assertThat(telegram.raw().path("phone_number").asString()).isEqualTo("380");
	}

	private static Attachment only(MessageEvent event) {
		assertThat(event.attachments()).hasSize(1).isEqualTo(event.message().attachments());
		return event.attachments().get(0);
	}

}
