package io.pulsehook.reconcile;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import io.pulsehook.Events;
import io.pulsehook.event.AttachmentType;
import io.pulsehook.event.Bot;
import io.pulsehook.event.Channel;
import io.pulsehook.event.Contact;
import io.pulsehook.event.EventReader;
import io.pulsehook.event.IncomingMessage;
import io.pulsehook.inbox.reconciliation.KnownBot;
import io.pulsehook.inbox.reconciliation.StoredMissing;
import io.pulsehook.sendpulse.TestHistory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ChatRow}.
 */
class ChatRowTests {

	private static final String TIME = "'created_at':'2026-03-20T09:46:40+00:00'";

	private final EventReader reader = new EventReader();

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
			TELEGRAM  | {'text':'hi','message_id':77}
			WHATSAPP  | {'message_id':'77','text':{'body':'hi'}}
			INSTAGRAM | {'text':'hi','message_id':'77'}
			MESSENGER | {'text':'hi','mid':'77'}
			VIBER     | {'text':'hi','message_id':'77'}
			LIVECHAT  | {'type':'text','text':'hi','subscriber_id':5,'message_id':'77'}
			TIKTOK    | {'text':{'body':'hi'},'message_id':'77'}
			""")
	void becomesTheMessageThatAWebhookWouldHaveBrought(Channel channel, String data) {
		StoredMissing missing = missing(channel, "'id':'r1','direction':1,'data':" + data);
		IncomingMessage message = message(missing);
		assertThat(message.text()).isEqualTo("hi");
		assertThat(message.messageId()).isEqualTo("77");
		assertThat(message.service()).isEqualTo(channel);
		assertThat(message.date()).isEqualTo(Instant.parse("2026-03-20T09:46:40Z"));
		assertThat(message.bot()).extracting(Bot::id).isEqualTo("b1");
		assertThat(message.contact()).extracting(Contact::id, Contact::name).containsExactly("c1", "Ann");
		assertThat(missing.text()).isEqualTo("hi");
		assertThat(missing.messageId()).isEqualTo("77");
		assertThat(missing.rowId()).isEqualTo("r1");
		assertThat(missing.body()).endsWith("\"reconciled\":true}");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
			TELEGRAM  | 2       | {'photo':[{'file_id':'f','width':90}],'caption':'look'}            | IMAGE
			TELEGRAM  | 2       | {'voice':{'file_id':'f'},'caption':'look'}                         | VOICE
			WHATSAPP  | 'image' | {'image':{'id':'f','caption':'look'}}                              | IMAGE
			INSTAGRAM | 'video' | {'attachments':[{'type':'video','payload':{'title':'look'}}]}      | VIDEO
			""")
	void hasItsMediaWithTheirCaptions(Channel channel, String type, String data, AttachmentType kind) {
		IncomingMessage message = message(missing(channel, "'direction':'1','type':" + type + ",'data':" + data));
		assertThat(message.text()).isNull();
		assertThat(message.attachments()).singleElement().satisfies((attachment) -> {
			assertThat(attachment.type()).isEqualTo(kind);
			assertThat(attachment.caption()).isEqualTo("look");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "'direction':2,'data':{'text':'ours'}", "'data':{'text':'of nobody'}",
			"'direction':1,'type':'operator_note','data':{'text':'note'}",
			"'direction':1,'type':6,'data':{'text':'note'}", "'direction':1,'type':3,'data':{'text':'a payment'}",
			"'direction':1,'type':'payment','data':{'text':'paid'}",
			"'direction':1,'sent_by':{'id':7},'data':{'text':'of an operator'}",
			"'direction':1,'data':{'text':'of an operator elsewhere','is_echo':true}", "'direction':1,'data':{}",
			"'direction':1,'data':[]", "'direction':1,'data':null", "'direction':1" })
	void isNoneIfTheContactDidNotWriteIt(String row) {
		assertThat(row(Channel.TELEGRAM, row)).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "2026-03-20T09:46:40+00:00", "2026-03-20T09:46:40.000Z", "2026-03-20T11:46:40+0200",
			"2026-03-20T09:46:40", "2026-03-20 09:46:40" })
	void hasATimeOfUtcUnlessThatNamesAnotherZone(String time) {
		ChatRow row = dated(",'created_at':'" + time + "'");
		assertThat(row.at()).isEqualTo(Instant.parse("2026-03-20T09:46:40Z"));
		assertThat(row.isDated()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ",'created_at':null", ",'created_at':'yesterday'" })
	void hasNoTimeIfThatCannotBeRead(String time) {
		assertThat(dated(time).isDated()).isFalse();
	}

	private ChatRow dated(String time) {
		return Objects.requireNonNull(ChatRow.read(chat(Channel.TELEGRAM),
				TestHistory.message("{'direction':1,'data':{'text':'hi'}" + time + "}"), this.reader));
	}

	@Test
	void tellsTwoThatAreWrittenTheSameWayApart() {
		ChatRow row = Objects.requireNonNull(row(Channel.TELEGRAM, "'direction':1,'data':{'text':'ok'}"));
		StoredMissing first = row.missing(chat(Channel.TELEGRAM), 0, 5);
		assertThat(row.missing(chat(Channel.TELEGRAM), 0, 9).body()).isEqualTo(first.body());
		assertThat(row.missing(chat(Channel.TELEGRAM), 1, 5).body()).isNotEqualTo(first.body())
			.startsWith(first.body().substring(0, first.body().length() - 1));
	}

	@Test
	void keepsWhatADatabaseTakes() {
		StoredMissing missing = missing(Channel.TELEGRAM, "'direction':1,'data':{'text':'a\\u0000b\\ud800'}");
		assertThat(missing.text()).doesNotContain("\0").startsWith("a");
		assertThat(missing.body().getBytes(StandardCharsets.UTF_8)).doesNotContain((byte) 0);
		assertThat(message(missing).text()).startsWith("a");
	}

	@Test
	void takesTheKindOfWhatCannotBeRead() {
		ChatRow row = Objects.requireNonNull(row(Channel.VIBER, "'direction':1,'type':'image','data':{'media':'x'}"));
		assertThat(row.traits().kinds()).containsExactly("IMAGE");
	}

	private StoredMissing missing(Channel channel, String row) {
		return Objects.requireNonNull(row(channel, row)).missing(chat(channel), 0, 5);
	}

	private @Nullable ChatRow row(Channel channel, String row) {
		return ChatRow.read(chat(channel), TestHistory.message("{" + row + "," + TIME + "}"), this.reader);
	}

	private static Chat chat(Channel channel) {
		return new Chat(new KnownBot("b1", "default", channel.code(), 0, 1), channel, "c1", "Ann");
	}

	private static IncomingMessage message(StoredMissing missing) {
		assertThat(new JsonMapper().readTree(missing.body()).path("reconciled").booleanValue()).isTrue();
		return Events.read(missing.body(), IncomingMessage.class);
	}

}
