package io.pulsehook.inbox.model;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import io.pulsehook.inbox.replay.ReplayStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class CodedTests {

	@Test
	void keepsTheWordsThatAreStoredAndSent() {
		assertThat(Coded.codes(EventKind.class)).containsExactly("chatbot", "payment", "unrecognized", "alert");
		assertThat(Coded.codes(EventStatus.class)).containsExactly("open", "done", "dead", "unhandled");
		assertThat(Coded.codes(DeliveryStatus.class)).containsExactly("pending", "running", "retrying", "hung", "done",
				"dead", "orphaned");
		assertThat(Coded.codes(IntakeResult.class)).containsExactly("accepted", "duplicate");
		assertThat(Coded.codes(ReplayStatus.class)).containsExactly("running", "done", "cancelled", "failed");
	}

	@Test
	void findsTheConstantOfAWord() {
		assertThat(Coded.find(EventKind.class, "payment")).contains(EventKind.PAYMENT);
		assertThat(Coded.find(EventKind.class, "PAYMENT")).isEmpty();
		assertThat(Coded.of(EventStatus.class, "dead")).isEqualTo(EventStatus.DEAD);
	}

	@Test
	void namesTheKnownWordsWhenAStoredOneIsUnknown() {
		assertThatIllegalArgumentException().isThrownBy(() -> Coded.of(IntakeResult.class, "lost"))
			.withMessage("'lost' is no IntakeResult; the known ones are [accepted, duplicate].");
	}

	@Test
	void isWrittenToJsonAsItsWord() {
		assertThat(JsonMapper.shared().writeValueAsString(EventKind.PAYMENT)).isEqualTo("\"payment\"");
		assertThat(JsonMapper.shared().readValue("\"payment\"", EventKind.class)).isEqualTo(EventKind.PAYMENT);
	}

}
