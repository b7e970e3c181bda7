package com.example.answers;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import io.pulsehook.event.PaymentStatus;
import io.pulsehook.test.Pulsehook;
import io.pulsehook.test.PulsehookTest;
import io.pulsehook.test.TestEvents;
import io.pulsehook.test.sendpulse.ApiRequest;
import io.pulsehook.test.sendpulse.FakeAnswer;
import io.pulsehook.test.sendpulse.FakeSendPulse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the recipes of docs/sendpulse.md do what it says, and are those that it
 * shows.
 */
@PulsehookTest
class RecipesTests {

	private static final Pattern SNIPPET = Pattern.compile("^```java\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

	@Autowired
	private Pulsehook pulsehook;

	@Autowired
	private FakeSendPulse sendPulse;

	@Autowired
	private AnswersApplication application;

	@BeforeEach
	void forget() {
		this.application.asked.clear();
		this.application.grants.clear();
		this.application.granted.clear();
	}

	@Test
	void thePageShowsWhatIsTested() throws Exception {
		StringBuilder sources = new StringBuilder();
		try (Stream<Path> files = Files.list(Path.of("src/test/java/com/example/answers"))) {
			for (Path file : files.toList()) {
				sources.append(Files.readString(file));
			}
		}
		String tested = withoutIndentation(sources.toString());
		List<String> shown = SNIPPET.matcher(Files.readString(Path.of("docs/sendpulse.md")))
			.results()
			.map((snippet) -> withoutIndentation(snippet.group(1)))
			.toList();
		assertThat(shown).hasSize(8).allSatisfy((snippet) -> assertThat(tested).contains(snippet));
	}

	private static String withoutIndentation(String code) {
		return code.replaceAll("(?m)^\\s+", "");
	}

	@Test
	void aModelAnswersTheWholeBurstAndIsAskedOnce() {
		this.sendPulse.failNext("contacts/send", FakeAnswer.status(500));
		this.pulsehook.post(TestEvents.incomingMessage().contact("c1").text("Hi,").build(),
				TestEvents.incomingMessage().contact("c1").text("what does it cost?").build());
		this.pulsehook.awaitDone();
		assertThat(this.application.asked).containsExactly(List.of("Hi,", "what does it cost?"));
		assertThat(this.sendPulse.contact("c1").answers()).containsExactly("You said: Hi, what does it cost?");
		assertThat(this.pulsehook.deadLetters()).isEmpty();
	}

	@Test
	void theModelIsSilentWhileAnOperatorWrites() {
		this.pulsehook.post(TestEvents.outgoingMessage()
			.contact("c1")
			.with("/info/message/sent_by", Map.of("firstname", "Olga"))
			.build());
		this.pulsehook.awaitDone();
		assertThat(this.sendPulse.contact("c1").isAutomationPaused()).isTrue();
		this.pulsehook.post(TestEvents.incomingMessage().contact("c1").text("thank you").build());
		this.pulsehook.awaitDone();
		assertThat(this.application.asked).isEmpty();
		assertThat(this.sendPulse.sent()).isEmpty();
	}

	@Test
	void accessIsGrantedOnceAndTakenBack() {
		this.pulsehook.post(TestEvents.payment().order("A").contact("c1").build());
		this.pulsehook.awaitDone();
		assertThat(this.application.granted).containsEntry("A", "c1");
		this.pulsehook.post(TestEvents.payment().order("A").status(PaymentStatus.RETURNED_BY_SELLER).build());
		this.pulsehook.awaitDone();
		assertThat(this.application.granted).isEmpty();
		assertThat(this.application.grants).containsExactly("A");
	}

	@Test
	void aNewSubscriberIsTaggedAndGetsAFlow() {
		this.pulsehook.post(TestEvents.newSubscriber().contact("c1").build());
		this.pulsehook.awaitDone();
		assertThat(this.sendPulse.contact("c1").tags()).containsExactly("lead");
		assertThat(this.sendPulse.contact("c1").variables()).containsKey("source");
		assertThat(this.sendPulse.requests()).extracting(ApiRequest::operation)
			.containsExactly("contacts/setTag", "contacts/setVariable", "flows/run");
	}

	@Test
	void whoAsksForAPersonIsLeftToThem() {
		this.pulsehook.post(TestEvents.incomingMessage().contact("c1").text("I want a human").build());
		this.pulsehook.awaitDone();
		assertThat(this.application.asked).isEmpty();
		assertThat(this.sendPulse.sent()).hasSize(1);
	}

}
