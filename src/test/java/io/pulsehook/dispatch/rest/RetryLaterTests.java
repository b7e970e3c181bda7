package io.pulsehook.dispatch.rest;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.core.OverridingClassLoader;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.RestClientResponseException;
import org.springframework.web.client.UnknownHttpStatusCodeException;
import org.springframework.web.reactive.function.client.WebClientResponseException;

import io.pulsehook.RetryLaterException;
import io.pulsehook.UnrecoverableEventException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests which exceptions ask for a pause, and for how long.
 */
class RetryLaterTests {

	private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");

	@Test
	void takesTheTimeThatTheHandlerAsksFor() {
		assertThat(pause(new RetryLaterException(Duration.ofSeconds(90)))).hasValue(Duration.ofSeconds(90));
	}

	@Test
	void saysForHowLongInSeconds() {
		assertThat(new RetryLaterException(Duration.ofMinutes(10))).hasMessage("To be tried again in 600 s.");
	}

	@ParameterizedTest
	@CsvSource({ "PT-1S, PT1S", "PT0S, PT1S", "PT0.999S, PT1S", "PT1S, PT1S", "PT1H, PT1H", "PT1H0.001S, PT1H",
			"PT99999H, PT1H" })
	void bringsThePauseWithinASecondAndAnHour(Duration asked, Duration pause) {
		assertThat(pause(new RetryLaterException(asked))).hasValue(pause);
		assertThat(pause(new RetryLaterException(asked, "The CRM is busy."))).hasValue(pause);
		assertThat(pause(new RetryLaterException(asked, new IOException()))).hasValue(pause);
	}

	@ParameterizedTest
	@ValueSource(ints = { 429, 503 })
	void takesTheTimeThatAnAnswerAsksFor(int status) {
		HttpStatus code = HttpStatus.valueOf(status);
		assertThat(pause(restClient(code, "2"))).hasValue(Duration.ofSeconds(2));
		assertThat(pause(webClient(code, "2"))).hasValue(Duration.ofSeconds(2));
		assertThat(pause(restClient(code, "Sun, 01 Mar 2026 08:00:30 GMT"))).hasValue(Duration.ofSeconds(30));
		assertThat(pause(webClient(code, "Sun, 01 Mar 2026 08:00:30 GMT"))).hasValue(Duration.ofSeconds(30));
	}

	@Test
	void takesItFromAnExceptionWithAnUnknownStatusToo() {
		assertThat(pause(new UnknownHttpStatusCodeException(429, "", headers("3"), null, null)))
			.hasValue(Duration.ofSeconds(3));
	}

	@ParameterizedTest
	@CsvSource({ "0, PT1S", "86400, PT1H", "'Sat, 28 Feb 2026 08:00:00 GMT', PT1S",
			"'Tue, 03 Mar 2026 08:00:00 GMT', PT1H" })
	void bringsWhatAnAnswerAsksForWithinTheSameBounds(String value, Duration pause) {
		assertThat(pause(restClient(HttpStatus.TOO_MANY_REQUESTS, value))).hasValue(pause);
	}

	@Test
	void isAskedForNothingByOtherAnswers() {
		assertThat(pause(restClient(HttpStatus.BAD_GATEWAY, "2"))).isEmpty();
		assertThat(pause(webClient(HttpStatus.NOT_FOUND, "2"))).isEmpty();
		assertThat(pause(restClient(HttpStatus.TOO_MANY_REQUESTS, null))).isEmpty();
		assertThat(pause(restClient(HttpStatus.TOO_MANY_REQUESTS, "soon"))).isEmpty();
		assertThat(pause(new RestClientResponseException("", HttpStatusCode.valueOf(429), "", null, null, null)))
			.isEmpty();
		assertThat(pause(new IllegalStateException("429, Retry-After: 2"))).isEmpty();
	}

	@Test
	void looksAtCausesWhateverIsAroundThem() {
		Throwable cause = new RetryLaterException(Duration.ofMinutes(5));
		assertThat(pause(new UnrecoverableEventException(new IOException(cause)))).hasValue(Duration.ofMinutes(5));
		assertThat(pause(new IllegalStateException(restClient(HttpStatus.TOO_MANY_REQUESTS, "7"))))
			.hasValue(Duration.ofSeconds(7));
		assertThat(pause(new Error(webClient(HttpStatus.SERVICE_UNAVAILABLE, "7")))).hasValue(Duration.ofSeconds(7));
	}

	@Test
	void prefersTheOutermostRequest() {
		assertThat(pause(new RetryLaterException(Duration.ofMinutes(5), restClient(HttpStatus.TOO_MANY_REQUESTS, "7"))))
			.hasValue(Duration.ofMinutes(5));
	}

	@Test
	void looksBehindAnAnswerThatAsksForNothing() {
		RuntimeException answer = restClient(HttpStatus.BAD_GATEWAY, "2");
		answer.initCause(new RetryLaterException(Duration.ofSeconds(4)));
		assertThat(pause(answer)).hasValue(Duration.ofSeconds(4));
	}

	@Test
	void endsWhenCausesFormACircle() {
		Exception first = new Exception();
		Exception second = new Exception(first);
		first.initCause(second);
		assertThat(pause(first)).isEmpty();
	}

	@Test
	void needsNoWebClientOnTheClassPath() throws Exception {
		Class<?> loaded = new WithoutWebClient().loadClass(RetryLater.class.getName());
		assertThat(loaded).isNotEqualTo(RetryLater.class);
		Method of = loaded.getDeclaredMethod("of", Throwable.class, Instant.class);
		of.setAccessible(true);
		assertThat(of.invoke(null, new IOException(), NOW)).isEqualTo(Optional.empty());
		assertThat(of.invoke(null, new IOException(restClient(HttpStatus.TOO_MANY_REQUESTS, "2")), NOW))
			.isEqualTo(Optional.of(Duration.ofSeconds(2)));
	}

	private static Optional<Duration> pause(Throwable thrown) {
		return RetryLater.of(thrown, NOW);
	}

	private static RuntimeException restClient(HttpStatus status, @Nullable String retryAfter) {
		return status.is4xxClientError()
				? HttpClientErrorException.create(status, "", headers(retryAfter), new byte[0], StandardCharsets.UTF_8)
				: HttpServerErrorException.create(status, "", headers(retryAfter), new byte[0], StandardCharsets.UTF_8);
	}

	private static RuntimeException webClient(HttpStatus status, String retryAfter) {
		return WebClientResponseException.create(status.value(), "", headers(retryAfter), new byte[0], null);
	}

	private static HttpHeaders headers(@Nullable String retryAfter) {
		HttpHeaders headers = new HttpHeaders();
		if (retryAfter != null) {
			headers.set("retry-after", retryAfter);
		}
		return headers;
	}

	/**
	 * Loads the classes under test once more, as they are in an application without
	 * WebClient.
	 */
	private static final class WithoutWebClient extends OverridingClassLoader {

		WithoutWebClient() {
			super(new FilteredClassLoader(WebClientResponseException.class));
		}

		@Override
		protected boolean isEligibleForOverriding(String className) {
			return className.startsWith(RetryLater.class.getPackageName() + ".Retry");
		}

	}

}
