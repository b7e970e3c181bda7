package io.pulsehook.inbox.replay;

import java.time.Instant;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import io.pulsehook.inbox.model.EventKind;
import io.pulsehook.inbox.model.EventStatus;
import io.pulsehook.inbox.query.EventFilter;
import io.pulsehook.inbox.query.Narrowing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ReplayRequestTests {

	private static final JsonMapper json = JsonMapper.shared();

	/** A request in the form in which every version stores it. */
	private static final String STORED = """
			{"filter": {"kind": "payment", "type": "PaymentOrder", "title": null, "service": null, "source": "shop",
				"bot": null, "contact": "c", "status": "dead", "from": "2026-01-31T12:00:00Z", "to": null, "text": "paid"},
			"handlers": ["crm"], "includeDone": true, "error": "java.io.IOException: …"}
			""";

	private final ReplayRequest request = new ReplayRequest(EventFilter.builder()
		.kind(EventKind.PAYMENT)
		.type("PaymentOrder")
		.source("shop")
		.contact("c")
		.status(EventStatus.DEAD)
		.from(Instant.parse("2026-01-31T12:00:00Z"))
		.text("paid")
		.build(), Set.of("crm"), true, "java.io.IOException: …");

	@Test
	void readsWhatAFormerVersionStored() {
		assertThat(RequestJson.read(STORED)).isEqualTo(this.request);
	}

	@Test
	void storesWhatAFormerVersionReads() {
		EventFilter filter = this.request.filter().toBuilder().text(null).build();
		ReplayRequest plain = new ReplayRequest(filter, Set.of("crm"), true, this.request.error());
		assertThat(json.readTree(RequestJson.write(plain)))
			.isEqualTo(json.readTree(STORED.replace("\"paid\"", "null")));
	}

	// To the former version, the words of a text are a phrase.
	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void leavesAReplayOfEventsWithATextToThoseWhoSearchForItsWords(boolean includeDone) {
		EventFilter words = EventFilter.builder().text("order paid").build();
		ReplayRequest asked = new ReplayRequest(words, Set.of("crm"), includeDone);
		String stored = RequestJson.write(asked);
		assertThat(RequestJson.read(stored)).isEqualTo(asked);
		assertThatExceptionOfType(JacksonException.class).isThrownBy(() -> json.readValue(stored, FormerRequest.class));
		String ended = RequestJson.write(asked.blanked());
		assertThat(RequestJson.read(ended)).isEqualTo(asked.blanked());
		assertThat(json.readValue(ended, FormerRequest.class).includeDone()).isEqualTo(includeDone);
	}

	@Test
	void storesWhatAFormerVersionWouldMisunderstandSoThatItCannotReadIt() {
		EventFilter dead = EventFilter.builder().status(EventStatus.DEAD).build();
		ReplayRequest since = new ReplayRequest(dead, Set.of("crm"), false, null,
				Instant.parse("2026-01-31T12:00:00Z"));
		assertThat(json.readValue(STORED, FormerRequest.class).includeDone()).isTrue();
		String stored = RequestJson.write(since);
		assertThat(RequestJson.read(stored)).isEqualTo(since);
		assertThatExceptionOfType(JacksonException.class).isThrownBy(() -> json.readValue(stored, FormerRequest.class));
	}

	@Test
	void takesOnlyDeadLettersByWhenTheyDied() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new ReplayRequest(EventFilter.ALL, Set.of(), false, null, Instant.EPOCH));
	}

	@Test
	void cannotBeNarrowed() {
		EventFilter narrowed = EventFilter.builder().narrowing(new Narrowing("h", null, null, null)).build();
		assertThatIllegalArgumentException().isThrownBy(() -> new ReplayRequest(narrowed, Set.of(), false));
	}

	@Test
	void leavesOutWhatCanNameAPersonWhenItIsBlanked() {
		assertThat(this.request.blanked().filter())
			.isEqualTo(this.request.filter().toBuilder().contact("").text("").build());
		assertThat(new ReplayRequest(EventFilter.ALL, Set.of(), false).blanked().filter()).isEqualTo(EventFilter.ALL);
	}

	/** The request as the version before reads it. */
	record FormerRequest(EventFilter filter, Set<String> handlers, boolean includeDone, String error) {

	}

}
