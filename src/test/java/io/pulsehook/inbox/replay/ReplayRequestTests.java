package io.pulsehook.inbox.replay;

import java.time.Instant;
import java.util.Set;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import io.pulsehook.inbox.model.EventKind;
import io.pulsehook.inbox.model.EventStatus;
import io.pulsehook.inbox.query.EventFilter;

import static org.assertj.core.api.Assertions.assertThat;

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
		assertThat(json.readValue(STORED, ReplayRequest.class)).isEqualTo(this.request);
	}

	@Test
	void storesWhatAFormerVersionReads() {
		assertThat(json.readTree(json.writeValueAsString(this.request))).isEqualTo(json.readTree(STORED));
	}

	@Test
	void leavesOutWhatCanNameAPersonWhenItIsBlanked() {
		assertThat(this.request.blanked().filter())
			.isEqualTo(this.request.filter().toBuilder().contact("").text("").build());
		assertThat(new ReplayRequest(EventFilter.ALL, Set.of(), false).blanked().filter()).isEqualTo(EventFilter.ALL);
	}

}
