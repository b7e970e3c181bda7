package io.pulsehook.destination.http;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests that the reference library of Standard Webhooks verifies what is signed.
 */
class SignaturesTests {

	private static final String OLD = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

	private static final String NEW = "whsec_QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFB";

	private static final String BODY = "{\"text\":\"Привет, Ünïcode \uD83D\uDE00\"}";

	@Test
	void areVerifiedByTheReferenceLibrary() {
		assertThatNoException().isThrownBy(() -> verify(OLD, signed(List.of(OLD)), BODY));
	}

	@Test
	void areVerifiedWithEitherSecretWhileOneReplacesTheOther() {
		Map<String, String> headers = signed(List.of(NEW, OLD));
		assertThatNoException().isThrownBy(() -> verify(OLD, headers, BODY));
		assertThatNoException().isThrownBy(() -> verify(NEW, headers, BODY));
	}

	@Test
	void areNotVerifiedWithAnotherSecret() {
		assertThatExceptionOfType(WebhookVerificationException.class)
			.isThrownBy(() -> verify(OLD, signed(List.of(NEW)), BODY));
	}

	@Test
	void areNotVerifiedWhenAByteHasChanged() {
		assertThatExceptionOfType(WebhookVerificationException.class)
			.isThrownBy(() -> verify(OLD, signed(List.of(OLD)), BODY.replace("Ü", "U")));
	}

	@Test
	void areNotVerifiedForAnotherId() {
		Map<String, String> headers = signed(List.of(OLD));
		headers.put("webhook-id", "8-abc-crm");
		assertThatExceptionOfType(WebhookVerificationException.class).isThrownBy(() -> verify(OLD, headers, BODY));
	}

	@Test
	void areOfTheBytesAlsoIfTheyAreNoText() {
		byte[] body = { (byte) 0xff, 0, (byte) 0xc3 };
		Instant time = Instant.ofEpochSecond(1_760_000_000);
		// Computed with openssl dgst -sha256 -mac HMAC over the same bytes.
		assertThat(new Signatures("secret", List.of(NEW)).headers("7", time, body)).containsEntry("webhook-signature",
				"v1,kk/NuXl8hcEGft//EGgZK4UM7mS0kzj900CteQFkHIA=");
	}

	@Test
	void areMissingWithoutASecret() {
		assertThat(signed(List.of())).containsOnlyKeys("webhook-id", "webhook-timestamp");
	}

	@Test
	void refuseWhatIsNoSecretWithoutQuotingIt() {
		for (String none : List.of("", "whsec_", "whsec_not base64", "hello-world", "whsec_Ж")) {
			assertThatIllegalArgumentException().isThrownBy(() -> new Signatures("a.property", List.of(OLD, none)))
				.withMessageStartingWith("a.property cannot be used. It is 'whsec_' and the Base64 of 24 to 64")
				.withMessageNotContaining("not base64")
				.withMessageNotContaining("hello")
				.withNoCause();
		}
	}

	@Test
	void refuseForADestinationWhatItsReceiverWouldReadOtherwise() {
		for (String none : List.of("password", OLD.substring("whsec_".length()), "whsec_c2hvcnQ=")) {
			assertThatIllegalArgumentException().isThrownBy(() -> Signatures.strict("secret", List.of(OLD, none)))
				.withMessageStartingWith("secret cannot be used. It is 'whsec_' and")
				.withMessageNotContaining("c2hvcnQ");
			assertThatNoException().as("For alarms, as ever").isThrownBy(() -> new Signatures("secret", List.of(none)));
		}
		assertThatNoException().isThrownBy(() -> Signatures.strict("secret", List.of(OLD, NEW)));
	}

	private static Map<String, String> signed(List<String> secrets) {
		return new Signatures("secret", secrets).headers("7-abc-crm", Instant.now(),
				BODY.getBytes(StandardCharsets.UTF_8));
	}

	private static void verify(String secret, Map<String, String> headers, String body) throws Exception {
		Map<String, List<String>> lists = headers.entrySet()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, (header) -> List.of(header.getValue())));
		new Webhook(secret).verify(body, lists);
	}

}
