package io.pulsehook.sendpulse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpRedirects;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.json.JsonMapper;

import io.pulsehook.RetryLaterException;
import io.pulsehook.UnrecoverableEventException;
import io.pulsehook.event.Channel;
import io.pulsehook.inbox.SettableClock;
import io.pulsehook.sendpulse.ApiStub.Reply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests what comes of each answer of SendPulse, over HTTP.
 */
@ExtendWith(OutputCaptureExtension.class)
class AccountCallsTests {

	/** What must be told nowhere: tokens, secrets, texts, phones. */
	private static final List<String> SECRETS = List.of("token-1", "token-2", ApiStub.SECRET, "Hello Ann", "4477009",
			"c-of-ann");

	private static final String NOTHING_THERE = "{\"message\":\"The requested resource was not found\"}";

	private static final String TEXT = "{\"contact_id\":\"c-of-ann\",\"text\":\"Hello Ann 4477009\"}";

	private final SettableClock clock = new SettableClock();

	private ApiStub server;

	private SendPulseAccount account;

	@BeforeEach
	void start() throws IOException {
		this.server = new ApiStub();
		this.account = account(
				new SendPulseSettings("id", ApiStub.SECRET, null, this.server.url(), Duration.ofSeconds(5)));
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"success\":true,\"data\":{\"id\":\"m1\"}}", "{\"data\":{\"id\":\"m1\"}}",
			"{\"id\":\"m1\",\"data\":{\"type\":\"text\"}}" })
	void whatWasAskedForIsFoundWithAndWithoutAnEnvelope(String body) {
		this.server.next(Reply.json(200, body));
		assertThat(send().data().path("id").stringValue()).isEqualTo("m1");
		assertThat(this.server.calls).singleElement().satisfies((call) -> {
			assertThat(call.method()).isEqualTo("POST");
			assertThat(call.uri()).isEqualTo("/telegram/contacts/send");
			assertThat(call.authorization()).isEqualTo("Bearer token-1");
			assertThat(call.body()).isEqualTo(TEXT);
		});
		assertThat(this.server.logins).singleElement()
			.satisfies((login) -> assertThat(new JsonMapper().readTree(login.body())).isEqualTo(new JsonMapper()
				.readTree("{\"grant_type\":\"client_credentials\",\"client_id\":\"id\",\"client_secret\":\"%s\"}"
					.formatted(ApiStub.SECRET))));
	}

	@Test
	void anAnswerThatIsMerelyTrueIsOneThatWorked() {
		this.server.next(Reply.json(200, "true"));
		assertThat(send().data().booleanValue()).isTrue();
	}

	@Test
	void whatIsNotFoundCanBeTheFlowAsWell() {
		this.server.next(Reply.json(404, NOTHING_THERE));
		assertThatExceptionOfType(SendPulseException.class)
			.isThrownBy(() -> this.account.channel(Channel.TELEGRAM)
				.call("runFlow", (api) -> api.runFlow(TEXT.getBytes(StandardCharsets.UTF_8))))
			.withMessageContaining("404");
	}

	@Test
	void noDebugLogHasATokenOrAText(CapturedOutput output) {
		Logger http = (Logger) LoggerFactory.getLogger("org.springframework.web");
		Level former = http.getLevel();
		http.setLevel(Level.DEBUG);
		try {
			send();
			this.account.channel(Channel.VIBER).call("contact", (api) -> api.contact("c-of-ann"));
		}
		finally {
			http.setLevel(former);
		}
		assertThat(output).contains("DefaultRestClient");
		SECRETS.forEach((secret) -> assertThat(output.toString()).doesNotContain(secret));
	}

	@Test
	void aKeyKeepsTheEndOfALineOutOfTheHeader() {
		this.account = account(
				new SendPulseSettings(null, null, " token-1\n", this.server.url(), Duration.ofSeconds(5)));
		send();
		assertThat(this.server.calls.get(0).authorization()).isEqualTo("Bearer token-1");
		assertThatIllegalArgumentException().isThrownBy(() -> SendPulseSettings.ofKey("token-1\ntoken-2"))
			.withMessageContaining("api-key")
			.satisfies(AccountCallsTests::tellsNoSecret);
	}

	@Test
	void aFaultOfTheServerSaysNothingAboutTheLogin(CapturedOutput output) {
		this.account = account(new SendPulseSettings(null, null, "token-1", this.server.url(), Duration.ofSeconds(5)));
		this.server.next(Reply.json(401, "{}"), Reply.json(500, "{}"));
		assertThatExceptionOfType(LoginRefusedException.class).isThrownBy(this::send);
		assertThatExceptionOfType(SendPulseException.class).isThrownBy(this::send);
		assertThat(this.account.loginRefusedSince()).isEqualTo(this.clock.instant());
		assertThat(output).doesNotContain("accepts the login");
	}

	@Test
	void anEmptyAnswerIsOneThatWorked() {
		this.server.next(new Reply(204, Map.of(), ""));
		assertThat(send().data().isMissingNode()).isTrue();
	}

	@Test
	void parametersOfAQueryAreSentAsTheyAre() {
		this.account.channel(Channel.VIBER).call("history", (api) -> api.messages("c/1 &", 100, null, "m+1", "desc"));
		assertThat(this.server.calls.get(0).uri()).startsWith("/viber/chatbots/chats/messages?")
			.contains("contact_id=c%2F1%20%26", "size=100", "search_after=m%2B1", "order=desc")
			.doesNotContain("skip");
	}

	@ParameterizedTest
	@MethodSource("refusals")
	void whatNoAttemptCanMendIsUnrecoverable(Class<? extends CallRefusedException> type, int status, String body) {
		this.server.next(Reply.json(status, body));
		assertThatExceptionOfType(UnrecoverableEventException.class).isThrownBy(this::send)
			.isExactlyInstanceOf(type)
			.withNoCause()
			.withMessageContaining("'text' for telegram")
			.withMessageContaining(Integer.toString(status))
			.satisfies(AccountCallsTests::tellsNoSecret)
			.satisfies((ex) -> assertThat(((CallRefusedException) ex).getStatus()).isEqualTo(status));
	}

	static Stream<Arguments> refusals() {
		return Stream.of(
				Arguments.arguments(OutsideWindowException.class, 422,
						"{\"message\":\"The given data was invalid.\","
								+ "\"errors\":{\"contact_id\":[\"(#2) Contact is not active in 24hours\"]}}"),
				Arguments.arguments(OutsideWindowException.class, 400, "{\"success\":false,\"data\":null,"
						+ "\"errors\":{\"phone\":[\"(#1) Contact is not active in 24hours\"]},\"error_code\":400}"),
				Arguments.arguments(OutsideWindowException.class, 400,
						"{\"errors\":{\"contact_id\":[\"contact.errors.not_active\"]}}"),
				Arguments.arguments(OutsideWindowException.class, 200,
						"{\"success\":true,\"data\":false,\"message\":\"Contact is not active in 24 hours\"}"),
				Arguments.arguments(OutsideWindowException.class, 200,
						"{\"data\":false,\"message\":\"The message was sent outside of the allowed window.\"}"),
				Arguments.arguments(ContactBlockedException.class, 400,
						"{\"success\":false,\"message\":\"Forbidden: bot was blocked by the user\"}"),
				Arguments.arguments(ContactBlockedException.class, 403,
						"{\"errors\":{\"contact_id\":[\"contact.errors.blocked\"]}}"),
				Arguments.arguments(ContactBlockedException.class, 422,
						"{\"errors\":{\"contact_id\":\"The contact is unsubscribed\"}}"),
				Arguments.arguments(ContactBlockedException.class, 422,
						"{\"errors\":[\"Contact 4477009 is disabled\"]}"),
				Arguments.arguments(TextTooLongException.class, 422,
						"{\"message\":\"The given data was invalid.\",\"errors\":{\"message.text\":"
								+ "[\"The text may not be greater than 512 characters.\"]}}"),
				Arguments.arguments(TextTooLongException.class, 422, "{\"message\":\"Text 'Hello Ann' is too long\"}"),
				Arguments.arguments(UnknownContactException.class, 404,
						"{\"message\":\"Contact not found\",\"error_code\":404}"),
				Arguments.arguments(UnknownContactException.class, 404, NOTHING_THERE),
				Arguments.arguments(UnknownContactException.class, 422,
						"{\"errors\":{\"contact_id\":[\"The selected contact id is invalid.\"]}}"));
	}

	@ParameterizedTest
	@MethodSource("failures")
	void whatAnotherAttemptCanMendIsAFailure(Reply reply) {
		this.server.next(reply);
		SendPulseException failure = catchThrowableOfType(SendPulseException.class, this::send);
		assertThat(failure).isExactlyInstanceOf(SendPulseException.class)
			.hasNoCause()
			.hasMessageContaining("'text' for telegram")
			.satisfies(AccountCallsTests::tellsNoSecret);
		assertThat(failure.getStatus()).isEqualTo((reply.status() > 0) ? reply.status() : null);
	}

	static Stream<Reply> failures() {
		return Stream.of(Reply.json(500, "{\"message\":\"Contact is not active in 24hours\"}"), Reply.json(502, ""),
				Reply.json(403, "{\"error_code\":800,\"message\":\"Unauthorized action.\"}"),
				Reply.json(422, "{\"message\":\"The given data was invalid.\",\"errors\":{\"flow_id\":[\"Invalid\"]}}"),
				Reply.json(200, "{\"success\":false,\"message\":\"Hello Ann 4477009\"}"), Reply.html(200),
				Reply.json(403, "{\"message\":\"Your account has been blocked\"}"),
				Reply.json(400, "{\"message\":\"Bot is not active\"}"),
				Reply.json(404, "{\"message\":\"no Route matched\"}"), Reply.json(200, "false"), Reply.html(404),
				Reply.json(200, "\"c-of-ann\""), Reply.json(200, "{\"success\":tr"), Reply.json(503, "{}"),
				Reply.json(302, "").with("Location", "http://127.0.0.1:1/token-1"), Reply.cut());
	}

	@Test
	void theMessageOfAFailureNamesCodesAndParametersButNothingThatWasSent() {
		this.server.next(Reply.json(422, """
				{"error_code":1201,"message":"Hello Ann",
				"errors":{"flow_id":["Hello Ann"],"message.0.text":["4477009"],"+4477009":["is wrong"]}}"""));
		assertThatExceptionOfType(SendPulseException.class).isThrownBy(this::send)
			.withMessage("SendPulse answered 'text' for telegram with 422, error code 1201, wrong: flow_id, "
					+ "message.0.text: the call did not work.");
	}

	@Test
	void whoKeepsSilentForLongerThanTheTimeoutHasFailed() {
		this.account = account(
				new SendPulseSettings("id", ApiStub.SECRET, null, this.server.url(), Duration.ofMillis(200)));
		this.server.next(Reply.silence());
		assertThatExceptionOfType(SendPulseException.class).isThrownBy(this::send)
			.withNoCause()
			.withMessageContaining("HttpTimeoutException")
			.satisfies(AccountCallsTests::tellsNoSecret);
	}

	@Test
	void aServerThatIsNotThereHasFailed() {
		this.server.close();
		assertThatExceptionOfType(SendPulseException.class).isThrownBy(this::send)
			.withNoCause()
			.withMessageContaining("ConnectException");
	}

	@Test
	void tooManyCallsAreARequestForAPause() {
		assertThat(pauseAfter(Reply.json(429, "{}"))).isEqualTo(Duration.ofSeconds(1));
		assertThat(pauseAfter(Reply.html(429))).isEqualTo(Duration.ofSeconds(1));
		assertThat(pauseAfter(Reply.json(429, "{}").with("Retry-After", "7"))).isEqualTo(Duration.ofSeconds(7));
		assertThat(pauseAfter(Reply.json(503, "{}").with("Retry-After", "8"))).isEqualTo(Duration.ofSeconds(8));
		assertThat(pauseAfter(Reply.json(400, "{\"error_code\":2020202020}"))).isEqualTo(Duration.ofSeconds(1));
	}

	private Duration pauseAfter(Reply reply) {
		this.server.next(reply);
		RetryLaterException pause = catchThrowableOfType(RetryLaterException.class, this::send);
		assertThat(pause).hasCauseInstanceOf(SendPulseException.class);
		return pause.getPause();
	}

	@Test
	void aTokenThatEndsInTheMiddleIsRenewedOnceForAllThreads() throws Exception {
		send();
		this.server.usualLogin = Reply.json(200, "{\"access_token\":\"token-2\",\"expires_in\":\"3600\"}");
		this.server.refusedToken = "token-1";
		assertThat(together(8, this::send)).hasSize(8);
		assertThat(this.server.logins).hasSize(2);
		assertThat(this.server.calls.stream().filter((call) -> call.authorization().equals("Bearer token-2")))
			.hasSize(8);
	}

	@Test
	void aTokenThatIsRefusedAgainIsNotRenewedAgain(CapturedOutput output) {
		this.server.usual = Reply.json(401, "{\"message\":\"Unauthorized!\",\"error_code\":401}");
		assertThatExceptionOfType(LoginRefusedException.class).isThrownBy(this::send)
			.withNoCause()
			.withMessageContaining("pulsehook.sendpulse")
			.satisfies(AccountCallsTests::tellsNoSecret);
		assertThat(this.server.calls).hasSize(2);
		assertThat(this.server.logins).hasSize(2);
		assertThatTheRefusalIsTold(output);
	}

	@Test
	void aRefusedLoginFails(CapturedOutput output) {
		this.server.usualLogin = Reply.json(400, "{\"error\":\"invalid_client\"}");
		assertThatExceptionOfType(LoginRefusedException.class).isThrownBy(this::send)
			.withNoCause()
			.withMessageContaining("the login with 400")
			.satisfies(AccountCallsTests::tellsNoSecret);
		assertThat(this.server.calls).isEmpty();
		assertThatTheRefusalIsTold(output);
	}

	@Test
	void aRefusedKeyFails(CapturedOutput output) {
		this.account = account(new SendPulseSettings(null, null, "token-1", this.server.url(), Duration.ofSeconds(5)));
		send();
		assertThat(this.server.calls.get(0).authorization()).isEqualTo("Bearer token-1");
		this.server.usual = Reply.json(401, "{}");
		assertThatExceptionOfType(LoginRefusedException.class).isThrownBy(this::send)
			.satisfies(AccountCallsTests::tellsNoSecret);
		assertThat(this.server.calls).hasSize(2);
		assertThat(this.server.logins).isEmpty();
		assertThatTheRefusalIsTold(output);
	}

	private void assertThatTheRefusalIsTold(CapturedOutput output) {
		Instant since = this.clock.instant();
		assertThat(this.account.loginRefusedSince()).isEqualTo(since);
		this.clock.advance(Duration.ofMinutes(1));
		assertThatExceptionOfType(LoginRefusedException.class).isThrownBy(this::send);
		assertThat(this.account.loginRefusedSince()).isEqualTo(since);
		this.server.usualLogin = null;
		this.server.usual = Reply.json(200, "{}");
		send();
		assertThat(this.account.loginRefusedSince()).isNull();
		assertThat(output).containsOnlyOnce("SendPulse refuses the login of the account pulsehook.sendpulse")
			.containsOnlyOnce("SendPulse accepts the login of the account pulsehook.sendpulse again");
		SECRETS.forEach((secret) -> assertThat(output.toString()).doesNotContain(secret));
	}

	@ParameterizedTest
	@MethodSource("failedLogins")
	void aLoginThatFailsInAnotherWayIsNoRefusal(Reply reply) {
		this.server.nextLogin(reply);
		assertThatExceptionOfType(SendPulseException.class).isThrownBy(this::send)
			.isExactlyInstanceOf(SendPulseException.class)
			.withMessageContaining("the login")
			.satisfies(AccountCallsTests::tellsNoSecret);
		assertThat(this.account.loginRefusedSince()).isNull();
		assertThat(send()).isNotNull();
	}

	static Stream<Reply> failedLogins() {
		return Stream.of(Reply.json(500, "{}"), Reply.html(200), Reply.cut(), Reply.json(200, "{\"data\":false}"),
				Reply.json(200, "{\"token\":\"token-1\"}"), Reply.json(200, "{\"access_token\":\"token-1\\ntoken-2\"}"),
				Reply.json(404, "{\"message\":\"The client is blocked\"}"), Reply.json(404, NOTHING_THERE));
	}

	@Test
	void aLoginCanBeAskedToWait() {
		this.server.nextLogin(Reply.json(429, "{}").with("Retry-After", "9"));
		assertThatExceptionOfType(RetryLaterException.class).isThrownBy(this::send)
			.satisfies((ex) -> assertThat(ex.getPause()).isEqualTo(Duration.ofSeconds(9)));
	}

	@Test
	void sixteenThreadsLogInOnceAndNoSecondHasMoreThanTenCalls() throws Exception {
		assertThat(together(16, this::send)).hasSize(16);
		assertThat(this.server.logins).hasSize(1);
		List<Long> times = Stream.concat(this.server.logins.stream(), this.server.calls.stream())
			.map(ApiStub.Call::at)
			.sorted()
			.toList();
		assertThat(times).hasSize(17);
		for (int i = 10; i < times.size(); i++) {
			assertThat(times.get(i) - times.get(i - 10)).isGreaterThanOrEqualTo(Duration.ofSeconds(1).toNanos());
		}
	}

	@Test
	void aChannelThatIsNotKnownCannotBeCalled() {
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> this.account.channel(Channel.UNKNOWN));
	}

	private Answer send() {
		return this.account.channel(Channel.TELEGRAM)
			.call("text", (api) -> api.send(TEXT.getBytes(StandardCharsets.UTF_8)));
	}

	private SendPulseAccount account(SendPulseSettings settings) {
		return new SendPulseAccount("pulsehook.sendpulse", settings,
				ClientHttpRequestFactoryBuilder.jdk()
					.build(HttpClientSettings.defaults()
						.withRedirects(HttpRedirects.DONT_FOLLOW)
						.withReadTimeout(settings.timeout())),
				() -> 1, this.clock);
	}

	private static void tellsNoSecret(Throwable thrown) {
		SECRETS.forEach((secret) -> assertThat(thrown.getMessage()).doesNotContain(secret));
	}

	private static <T> List<T> together(int threads, Callable<T> task) throws Exception {
		ExecutorService executor = Executors.newFixedThreadPool(threads);
		CountDownLatch start = new CountDownLatch(threads);
		try {
			List<Future<T>> futures = new ArrayList<>();
			for (int i = 0; i < threads; i++) {
				futures.add(executor.submit(() -> {
					start.countDown();
					start.await();
					return task.call();
				}));
			}
			List<T> results = new ArrayList<>();
			for (Future<T> future : futures) {
				results.add(future.get());
			}
			return results;
		}
		finally {
			executor.shutdownNow();
		}
	}

}
