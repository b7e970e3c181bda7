package io.pulsehook.event;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that each row of {@link Places} is read, with messages that have just that row.
 */
class PlacesTests {

	static final List<Place> TEXT = Places.TEXT;

	static final List<Place> WITHOUT_TEXT = Places.WITHOUT_TEXT;

	static final List<Place> MESSAGE_ID = Places.MESSAGE_ID;

	static final List<Place> ANSWERED_MESSAGE = Places.ANSWERED_MESSAGE;

	static final List<Place> REFERRAL = Places.REFERRAL;

	static final List<Medium> MEDIA = Places.MEDIA;

	@ParameterizedTest
	@FieldSource("TEXT")
	void aTextIsReadFromItsPlace(Place place) {
		assertThat(message("incoming_message", place, "'hi'").text()).isEqualTo("hi");
		assertThat(message("outgoing_message", place, "'hi'").text()).isEqualTo("hi");
	}

	@ParameterizedTest
	@FieldSource("WITHOUT_TEXT")
	void theContactsLastTextIsNotTheTextOfWhatHasNone(Place place) {
		for (String value : List.of("true", "{'id':'5','question':'q'}")) {
			MessageEvent event = message("incoming_message", place, conditional(place) ? "{}" : value);
			assertThat(event.text()).isNull();
			assertThat(event.attachments()).isEmpty();
		}
	}

	private static boolean conditional(Place place) {
		return place.path().endsWith("]");
	}

	@ParameterizedTest
	@FieldSource("WITHOUT_TEXT")
	void whatIsNotThereChangesNothing(Place place) {
		if (conditional(place)) {
			return;
		}
		for (String value : List.of("null", "false", "[]")) {
			assertThat(message("incoming_message", place, value).text()).isEqualTo("older");
		}
	}

	@ParameterizedTest
	@FieldSource("MESSAGE_ID")
	void anIdIsReadFromItsPlace(Place place) {
		assertThat(message("incoming_message", place, "9007199254740993").messageId()).isEqualTo("9007199254740993");
	}

	@ParameterizedTest
	@FieldSource("ANSWERED_MESSAGE")
	void whatAMessageAnswersIsReadFromItsPlaceAndIsNotItsOwnId(Place place) {
		MessageEvent event = message("incoming_message", place, "'m1'");
		assertThat(event.replyTo()).isEqualTo(new ReplyTo("m1", null, null));
		assertThat(event.messageId()).isNull();
	}

	@ParameterizedTest
	@FieldSource("REFERRAL")
	void aReferralIsReadFromItsPlace(Place place) {
		assertThat(message("incoming_message", place, "{'ad_id':5}").referral()).hasToString("{\"ad_id\":5}");
		assertThat(message("incoming_message", place, "null").referral()).isNull();
	}

	@ParameterizedTest
	@FieldSource("MEDIA")
	void aMediumIsReadFromItsPlace(Medium medium) {
		String value = switch (medium.shape()) {
			case FILE -> "{'type':'preview','id':'5'}";
			case LOCATION -> "{'latitude':50.5,'longitude':30.5}";
			case CONTACT -> "{'phone_number':'380'}";
			case NAMED -> "{'type':'hologram','payload':{'url':'https://u'}}";
			case MESSAGE -> "{'type':'file','url':'/u'}";
		};
		MessageEvent event = message("outgoing_message", medium.place(), value);
		assertThat(event.attachments()).hasSize(1);
		AttachmentType expected = (medium.shape() == Medium.Shape.MESSAGE) ? AttachmentType.DOCUMENT : medium.type();
		assertThat(event.attachments().get(0).type()).isEqualTo(expected);
	}

	static Stream<Medium> twins() {
		return Places.MEDIA.stream().filter((medium) -> medium.twin() != null);
	}

	@ParameterizedTest
	@MethodSource("twins")
	void aTwinIsReadOnce(Medium medium) {
		String twin = Objects.requireNonNull(medium.twin()).path().substring("CD.message.".length());
		String own = medium.place().path().substring("CD.message.".length());
		IncomingMessage event = Json
			.incoming("{'message':{'%s':{'file_id':'1','location':{}},'%s':{'file_id':'1'}}}".formatted(twin, own));
		assertThat(event.attachments()).hasSize(1);
		assertThat(event.attachments().get(0).raw().has("location")).isTrue();
	}

	@Test
	void noPlaceIsThereTwice() {
		assertThat(Stream.of(Places.TEXT, Places.WITHOUT_TEXT, Places.MESSAGE_ID, Places.ANSWERED_MESSAGE))
			.allSatisfy((places) -> assertThat(places).extracting(Place::path).doesNotHaveDuplicates());
		assertThat(Places.MEDIA).extracting(Medium::place).extracting(Place::path).doesNotHaveDuplicates();
	}

	private static MessageEvent message(String title, Place place, String value) {
		return Json.event(MessageEvent.class, "{'title':'%s','contact':{'last_message':'older'},'info':{'message':%s}}"
			.formatted(title, json(place, value)));
	}

	// Returns a message that has the value in this place and nothing else.
	private static String json(Place place, String value) {
		String names = place.path().replaceFirst("^CD", "channel_data").replaceFirst("^M\\.?", "");
		String json = value;
		String[] steps = names.isEmpty() ? new String[0] : names.split("\\.");
		for (int i = steps.length - 1; i >= 0; i--) {
			String name = steps[i].replaceFirst("\\[.*", "");
			for (String condition : steps[i].substring(name.length()).split("(?<=])")) {
				if (condition.contains("=")) {
					json = json.replaceFirst("\\{",
							"{'" + condition.substring(1, condition.length() - 1).replace("=", "':'")
									+ (json.equals("{}") ? "'" : "',"));
				}
			}
			json = "{'" + name + "':" + (steps[i].endsWith("[]") ? "[" + json + "]" : json) + "}";
		}
		return json;
	}

}
