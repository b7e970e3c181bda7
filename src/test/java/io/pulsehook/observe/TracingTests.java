package io.pulsehook.observe;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.pulsehook.dispatch.Dispatcher;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the spans that the real service makes for OpenTelemetry.
 */
class TracingTests {

	private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

	private static final String PARENT = "b7ad6b7169203331";

	private static final Queue<SpanData> SPANS = new ConcurrentLinkedQueue<>();

	@TempDir
	Path directory;

	@BeforeEach
	void forget() {
		SPANS.clear();
	}

	@Test
	void leadsFromThePostToEachAttempt() {
		try (ObservedService service = start()) {
			service.post("open_chat", "whatsapp", "traceparent", "00-" + TRACE + "-" + PARENT + "-01");
			service.postTo("unknown-token-of-somebody");
			service.get("/webhooks-misspelt/" + ObservedService.SECRETS.get(0));
			SpanData post = await("receive webhook");
			SpanData store = await("store events");
			SpanData attempt = await("handle works");
			assertThat(List.of(post, store, attempt)).extracting(SpanData::getTraceId).containsOnly(TRACE);
			assertThat(post.getParentSpanId()).isEqualTo(PARENT);
			assertThat(store.getParentSpanId()).isEqualTo(post.getSpanId());
			assertThat(attempt.getParentSpanId()).isEqualTo(store.getSpanId());
			assertThat(List.of(post, store, attempt)).extracting(SpanData::getKind)
				.containsExactly(SpanKind.SERVER, SpanKind.PRODUCER, SpanKind.CONSUMER);
			assertThat(post.getAttributes().toString()).contains("outcome=\"accepted\"", "source=\"default\"");
			assertThat(attempt.getAttributes().toString()).contains("handler=\"works\"", "type=\"OpenChat\"",
					"event=\"1\"");
			assertThatNothingIsTold();
		}
	}

	@Test
	void goesOnAfterARestart() {
		try (ObservedService service = start()) {
			service.bean(Dispatcher.class).pause("works");
			service.post("open_chat");
			await("store events");
		}
		String trace = await("store events").getTraceId();
		try (ObservedService service = start()) {
			service.bean(Dispatcher.class).resume("works");
			SpanData attempt = await("handle works");
			assertThat(attempt.getTraceId()).isEqualTo(trace);
			assertThat(attempt.getParentSpanId()).isEqualTo(await("store events").getSpanId());
		}
	}

	@Test
	void tellsOfAFailureItsClassAlone() {
		try (ObservedService service = start()) {
			service.post("bot_block");
			SpanData attempt = await("handle hopeless");
			assertThat(attempt.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
			assertThat(attempt.getEvents().toString()).contains("io.pulsehook.UnrecoverableEventException");
			assertThatNothingIsTold();
		}
	}

	private void assertThatNothingIsTold() {
		assertThat(SPANS).isNotEmpty()
			.extracting(SpanData::toString)
			.allSatisfy((span) -> assertThat(span).doesNotContain(ObservedService.SECRETS)
				.doesNotContain("unknown-token-of-somebody"));
	}

	private ObservedService start() {
		return new ObservedService(this.directory, new Class<?>[] { ExporterConfiguration.class },
				"--management.tracing.sampling.probability=1.0",
				"--management.opentelemetry.tracing.export.schedule-delay=20ms");
	}

	private static SpanData await(String name) {
		return Awaitility.await()
			.atMost(Duration.ofSeconds(10))
			.until(() -> SPANS.stream().filter((span) -> span.getName().equals(name)).toList(),
					(found) -> !found.isEmpty())
			.get(0);
	}

	@Configuration(proxyBeanMethods = false)
	static class ExporterConfiguration {

		@Bean
		SpanExporter exporter() {
			return new SpanExporter() {

				@Override
				public CompletableResultCode export(Collection<SpanData> spans) {
					SPANS.addAll(spans);
					return CompletableResultCode.ofSuccess();
				}

				@Override
				public CompletableResultCode flush() {
					return CompletableResultCode.ofSuccess();
				}

				@Override
				public CompletableResultCode shutdown() {
					return CompletableResultCode.ofSuccess();
				}

			};
		}

	}

}
