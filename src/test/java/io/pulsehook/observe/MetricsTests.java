package io.pulsehook.observe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.pulsehook.inbox.spool.FilledSpool;
import io.pulsehook.inbox.spool.Spool;
import io.pulsehook.threads.CoreThreads;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the metrics of the real service after a little of everything has happened.
 */
class MetricsTests {

	private static final Path MONITORING = Path.of("monitoring");

	private static final int STRANGE_TITLES = 50;

	private static ObservedService service;

	private static String text = "";

	private static Exposition metrics = new Exposition("");

	@BeforeAll
	static void letThingsHappen(@TempDir Path directory) {
		service = new ObservedService(directory.resolve("data"), new Class<?>[] { SpoolConfiguration.class },
				"--pulsehook.handlers.waits.timeout=100ms", "--pulsehook.handlers.fails.delay=1h");
		service.post("open_chat");
		service.postAgain("open_chat");
		for (int i = 0; i < STRANGE_TITLES; i++) {
			service.post("title of a flow " + i, "service " + i);
		}
		service.post("bot_block");
		service.post("unsubscribe");
		service.post("link_click");
		service.post("link_click");
		service.postTo("unknown-token-of-somebody");
		Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
			text = service.get("/actuator/prometheus").body();
			metrics = new Exposition(text);
			assertThat(metrics.value("pulsehook_hung", "handler", "waits")).isOne();
			assertThat(metrics.value("pulsehook_dead", "handler", "hopeless")).isOne();
			assertThat(metrics.value("pulsehook_backlog", "handler", "waits")).isEqualTo(2);
			assertThat(metrics.value("pulsehook_deliveries_seconds_count", "outcome", "retrying")).isOne();
		});
	}

	@AfterAll
	static void stop() {
		service.close();
	}

	@Test
	void countsRequestsWithTheTimeUntilTheirAnswer() {
		assertThat(metrics.value("pulsehook_requests_seconds_count", "outcome", "accepted"))
			.isEqualTo(STRANGE_TITLES + 6);
		assertThat(metrics.value("pulsehook_requests_seconds_count", "outcome", "unknown_token")).isOne();
		assertThat(metrics.value("pulsehook_requests_seconds_bucket", "outcome", "accepted", "le", "+Inf"))
			.isEqualTo(STRANGE_TITLES + 6);
		assertThat(metrics.all("pulsehook_requests_seconds_count"))
			.extracting((sample) -> sample.labels().get("outcome"))
			.contains("accepted", "probe", "malformed", "unavailable", "too_large", "timeout");
	}

	@Test
	void countsWhatGoesNoFurther() {
		assertThat(metrics.all("pulsehook_refused_total")).extracting((sample) -> sample.labels().get("reason"))
			.containsExactlyInAnyOrder("crowded", "too_large", "too_slow", "broken");
	}

	@Test
	void countsEventsUnderNoMoreThanTheDocumentedNames() {
		assertThat(metrics.value("pulsehook_events_total", "kind", "chatbot", "title", "open_chat", "service",
				"whatsapp", "source", "default", "result", "accepted"))
			.isOne();
		assertThat(metrics.value("pulsehook_events_total", "title", "other", "service", "other"))
			.isEqualTo(STRANGE_TITLES);
		assertThat(metrics.value("pulsehook_events_total", "title", "open_chat", "result", "duplicate")).isOne();
		assertThat(metrics.all("pulsehook_events_total")).hasSize(6);
	}

	@Test
	void tellsWhatBecomesOfDeliveries() {
		assertThat(metrics.value("pulsehook_deliveries_seconds_count", "handler", "works", "outcome", "done")).isOne();
		assertThat(metrics.value("pulsehook_deliveries_seconds_count", "handler", "hopeless", "outcome", "dead"))
			.isOne();
		assertThat(metrics.value("pulsehook_deliveries_seconds_count", "handler", "fails", "outcome", "retrying"))
			.isOne();
		assertThat(metrics.value("pulsehook_backlog", "handler", "fails")).isOne();
		assertThat(metrics.value("pulsehook_backlog_age_seconds", "handler", "fails")).isZero();
		assertThat(metrics.value("pulsehook_backlog_age_seconds", "handler", "waits")).isPositive();
		assertThat(metrics.value("pulsehook_running", "handler", "waits")).isOne();
		assertThat(metrics.value("pulsehook_orphaned")).isZero();
	}

	@Test
	void tellsHowItWrites() {
		assertThat(metrics.value("pulsehook_commits_seconds_count")).isPositive();
		assertThat(metrics.value("pulsehook_commit_writes_sum")).isGreaterThan(STRANGE_TITLES);
		assertThat(metrics.value("pulsehook_inbox_writable")).isOne();
		assertThat(metrics.value("pulsehook_takeovers_total")).isZero();
		assertThat(metrics.value("pulsehook_last_event_age_seconds")).isNotNegative();
	}

	@Test
	void tellsWhatIsInTheSpool() {
		assertThat(metrics.value("pulsehook_spool_refused")).isEqualTo(2);
		assertThat(metrics.value("pulsehook_spool_kept_total")).isEqualTo(2);
		assertThat(metrics.value("pulsehook_spool_size_bytes")).isGreaterThan(70_000);
		assertThat(metrics.value("pulsehook_spool_taking")).isZero();
		assertThat(metrics.value("pulsehook_spool_waiting")).isZero();
	}

	@Test
	void makesNoMetricOfTraces() {
		assertThat(metrics.metrics("pulsehook_trace")).isEmpty();
	}

	@Test
	void tellsNobodysSecrets() {
		assertThat(text).doesNotContain(ObservedService.SECRETS)
			.doesNotContain("unknown-token")
			.doesNotContain("of a flow");
	}

	@Test
	void everyMetricIsExplained() throws IOException {
		String manual = Files.readString(Path.of("docs", "operations.md"));
		Pattern suffix = Pattern.compile("_(count|sum|max|bucket)$");
		assertThat(metrics.metrics("pulsehook_")).isNotEmpty()
			.allSatisfy((metric) -> assertThat(manual).contains("`" + suffix.matcher(metric).replaceFirst("") + "`"));
	}

	@Test
	void everyQueryOfTheDashboardFindsSomething() throws IOException {
		JsonNode dashboard = new JsonMapper()
			.readTree(Files.readString(MONITORING.resolve("grafana/dashboards/pulsehook.json")));
		List<String> queries = dashboard.findValuesAsString("expr");
		assertThat(queries).hasSizeGreaterThan(20)
			.allSatisfy((query) -> assertThat(metrics.missing(query)).as(query).isEmpty());
	}

	@Test
	void everyVariableOfTheDashboardFindsSomething() throws IOException {
		Matcher variable = Pattern.compile("label_values\\(([^,]+), (\\w+)\\)")
			.matcher(Files.readString(MONITORING.resolve("grafana/dashboards/pulsehook.json")).replace("\\\"", "\""));
		List<String> found = new ArrayList<>();
		while (variable.find()) {
			assertThat(metrics.missing(variable.group(1))).isEmpty();
			found.add(variable.group(2));
		}
		assertThat(found).contains("job", "instance");
	}

	@Test
	void everyRuleFindsSomething() throws IOException {
		JsonNode rules = new JsonMapper()
			.valueToTree(new Yaml().<Object>load(Files.readString(MONITORING.resolve("prometheus/alerts.yml"))));
		List<String> queries = rules.findValuesAsString("expr");
		assertThat(queries).hasSizeGreaterThan(10)
			.allSatisfy((query) -> assertThat(metrics.missing(query)).as(query).isEmpty());
	}

	@Test
	void noticesAQueryThatFindsNothing() {
		assertThat(metrics.missing("sum(rate(pulsehook_requests_total[5m]))")).isNotEmpty();
		assertThat(metrics.missing("sum by (colour) (pulsehook_backlog)")).containsExactly("by (colour)");
		assertThat(metrics.missing("pulsehook_requests_seconds_count{outcome=\"lost\"}")).isNotEmpty();
	}

	@Test
	void prometheusTakesTheRules() throws Exception {
		for (String[] command : new String[][] { { "promtool", "check", "rules", "alerts.yml" },
				{ "promtool", "test", "rules", "alerts-test.yml" },
				{ "promtool", "check", "config", "--syntax-only", "prometheus.yml" } }) {
			Process process = start(command);
			String output = new String(process.getInputStream().readAllBytes());
			assertThat(process.waitFor()).as(output).isZero();
		}
	}

	private static Process start(String... command) {
		try {
			return new ProcessBuilder(command).directory(MONITORING.resolve("prometheus").toFile())
				.redirectErrorStream(true)
				.start();
		}
		catch (IOException ex) {
			Assumptions.abort("promtool is not installed");
			throw new IllegalStateException(ex);
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class SpoolConfiguration {

		// Only PostgreSQL has a spool in front of it. This one is there for its metrics.
		@Bean
		Spool spool(@Value("${pulsehook.data-dir}") Path directory, CoreThreads threads) {
			return FilledSpool.open(directory.resolveSibling("spool"), threads);
		}

	}

}
