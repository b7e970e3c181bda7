package io.pulsehook.event.filter;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.pulsehook.event.Channel;
import io.pulsehook.event.FlowWebhook;
import io.pulsehook.event.PaymentStatus;
import io.pulsehook.event.filter.EventFacts.OfChatbot;
import io.pulsehook.event.filter.EventFacts.OfMessage;
import io.pulsehook.event.filter.EventFacts.OfPayment;
import io.pulsehook.test.TestEvents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class HandlerFilterTests {

	private static final EventFacts MESSAGE = new OfChatbot("shop", "Reserved room", Channel.TELEGRAM, "Telegram",
			"60b0", "Best Bot", new OfMessage(false, false, true));

	@ParameterizedTest
	@CsvSource({ "title,Reserved*,true", "title,Reserved,false", "title,reserved*,false", "service,TELEGRAM,true",
			"service,tele*,true", "service,viber,false", "bot,60b0,true", "bot,Best Bot,true", "bot,60B0,false",
			"source,Shop,true", "source,s*,true", "source,other,false", "sent-by,Operator,true", "sent-by,other,false",
			"comment,FALSE,true", "comment,true,false", "echo,false,true", "status,200,true", "test,true,true" })
	void aPatternIsExactOrHasStarsAndCodesIgnoreCase(String key, String pattern, boolean matches) {
		assertThat(filter(key, pattern).matches(MESSAGE)).isEqualTo(matches);
	}

	@ParameterizedTest
	@CsvSource({ "300..500,301,RETURNED_BY_SELLER,true", "301..301,301,RETURNED_BY_SELLER,true",
			"302..500,301,RETURNED_BY_SELLER,false", "300..500,5,UNKNOWN,false", "300..500,paid,UNKNOWN,false",
			"0..999999999,4000000000,UNKNOWN,false", "returned*,301,RETURNED_BY_SELLER,true",
			"Completed,200,COMPLETED,true", "200,completed,COMPLETED,true", "2*,200,COMPLETED,true",
			"777,777,UNKNOWN,true", "unknown,777,UNKNOWN,true", "300 .. 500,301,RETURNED_BY_SELLER,true" })
	void theStatusOfAPaymentIsItsNameOrItsNumber(String pattern, String code, PaymentStatus status, boolean matches) {
		assertThat(filter("status", pattern).matches(new OfPayment("shop", code, status, false))).isEqualTo(matches);
	}

	@Test
	void allKeysMustMatchByAnyOfTheirPatterns() {
		HandlerFilter filter = HandlerFilter
			.of(Map.of("title", List.of("Booked*", "Reserved*"), "service", List.of("viber", "telegram")));
		assertThat(filter.matches(MESSAGE)).isTrue();
		assertThat(
				HandlerFilter.of(Map.of("title", List.of("Reserved*"), "service", List.of("viber"))).matches(MESSAGE))
			.isFalse();
	}

	@Test
	void aMissingValueIsAnEmptyText() {
		EventFacts bare = new OfChatbot("shop", "title", Channel.UNKNOWN, null, null, null, null);
		assertThat(filter("service", "telegram").matches(bare)).isFalse();
		assertThat(filter("bot", "*").matches(bare)).isTrue();
	}

	@Test
	void anotherSpellingOfAChannelIsTheSameChannel() {
		EventFacts chat = new OfChatbot("shop", "title", Channel.LIVECHAT, "live_chat", null, null, null);
		assertThat(filter("service", "livechat").matches(chat)).isTrue();
		assertThat(filter("service", "live_chat").matches(chat)).isTrue();
	}

	@Test
	void theFirst200CharactersOfATextCount() {
		FlowWebhook event = TestEvents.flowWebhook().title("a".repeat(199) + "bc").build();
		EventFacts facts = EventFacts.of("shop", event);
		assertThat(filter("title", "a*b").matches(facts)).isTrue();
		assertThat(filter("title", "*c").matches(facts)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "sent-by", "sentBy", "SENTBY", "sent_by", "sent.by" })
	void keysIgnoreCaseAndDashes(String spelling) {
		assertThat(filter(spelling, "operator").patterns()).isEqualTo(Map.of("sent-by", List.of("operator")));
	}

	@Test
	void anUnknownKeyIsRefusedWithTheKnownOnes() {
		assertThatExceptionOfType(InvalidFilterException.class).isThrownBy(() -> filter("titel", "Reserved*"))
			.withMessage("filter.titel=[Reserved*], but there is no such key")
			.satisfies((ex) -> assertThat(ex.action())
				.contains("[title, service, bot, source, status, test, comment, echo, sent-by]"));
	}

	@Test
	void aKeyWithoutPatternsIsRefused() {
		assertThatExceptionOfType(InvalidFilterException.class)
			.isThrownBy(() -> HandlerFilter.of(Map.of("test", List.of())))
			.withMessage("filter.test without a pattern, which no event matches")
			.satisfies((ex) -> assertThat(ex.action()).contains("[true, false]"));
	}

	@ParameterizedTest
	@CsvSource({ "test,maybe", "echo,yes", "comment,fals", "sent-by,bot", "status,500..300", "status,300..",
			"status,..500", "status,3xx..500", "status,300...500", "status,payed", "status,1..99999999999", "title,''",
			"title,'  '" })
	void aPatternThatCouldMatchNothingIsRefused(String key, String pattern) {
		assertThatExceptionOfType(InvalidFilterException.class).isThrownBy(() -> filter(key, pattern))
			.withMessageStartingWith("filter." + key + "=" + pattern + ", but this pattern ")
			.satisfies((ex) -> assertThat(ex.action()).startsWith("A pattern is "));
	}

	@Test
	void isTheSameAfterItWasStored() {
		HandlerFilter filter = HandlerFilter
			.of(Map.of("Title", List.of("Reserved*", "\"quoted\""), "sentby", List.of("operator")));
		assertThat(filter.toJson())
			.isEqualTo("{\"sent-by\":[\"operator\"],\"title\":[\"Reserved*\",\"\\\"quoted\\\"\"]}");
		HandlerFilter stored = HandlerFilter.parse(filter.toJson());
		assertThat(stored).isEqualTo(filter).hasSameHashCodeAs(filter);
		assertThat(stored.matches(MESSAGE)).isTrue();
	}

	@Test
	void withoutKeysItMatchesAllAndIsNotStored() {
		assertThat(HandlerFilter.of(Map.of())).isSameAs(HandlerFilter.ALL);
		assertThat(HandlerFilter.ALL.matchesAll()).isTrue();
		assertThat(HandlerFilter.ALL.toJson()).isNull();
		assertThat(HandlerFilter.parse(null)).isSameAs(HandlerFilter.ALL);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"language\":[\"uk\"]}", "{\"test\":[\"maybe\"]}", "{\"title\":[]}",
			"{\"title\":{\"not\":[\"x\"]}}", "{\"title\":[{\"not\":\"x\"}]}", "{\"title\":[[\"x\"]]}", "[\"x\"]",
			"\"x\"", "{", "" })
	void whatOnlyALaterVersionUnderstandsMatchesAll(String json) {
		assertThat(HandlerFilter.parse(json).matches(MESSAGE)).isTrue();
	}

	@Test
	void whatIsKnownOfALaterVersionsFilterIsAsked() {
		HandlerFilter filter = HandlerFilter.parse("{\"language\":[\"uk\"],\"service\":[\"viber\"]}");
		assertThat(filter.matches(MESSAGE)).isFalse();
		assertThat(filter).hasToString("language=uk, service=viber");
	}

	@Test
	void whatHasNotBeenLookedUpInAMessageMatches() {
		EventFacts unread = new OfChatbot("shop", "title", Channel.TELEGRAM, null, null, null, null);
		assertThat(filter("comment", "true").matches(unread)).isTrue();
		assertThat(filter("comment", "true").asksForMessage()).isTrue();
		assertThat(filter("title", "t*").asksForMessage()).isFalse();
	}

	@Test
	void isShownAsOneWouldSayIt() {
		assertThat(HandlerFilter.of(Map.of("title", List.of("Reserved*", "Booked"), "test", List.of("false"))))
			.hasToString("test=false, title=Reserved* or Booked");
	}

	private static HandlerFilter filter(String key, String pattern) {
		return HandlerFilter.of(Map.of(key, List.of(pattern)));
	}

}
