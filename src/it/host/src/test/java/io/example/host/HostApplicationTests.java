package io.example.host;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

import javax.sql.DataSource;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.json.JsonMapper;

import io.pulsehook.Samples;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The same application three times: with the library, with the library switched off, and
 * with the library's API asked for.
 */
class HostApplicationTests {

	private static final String TOKEN = "a-token-for-the-tests-of-the-host";

	private static final String WEBHOOKS = "/pulsehook/webhooks/" + TOKEN;

	@TempDir
	private static Path directory;

	private static ConfigurableApplicationContext with;

	private static ConfigurableApplicationContext without;

	private static ConfigurableApplicationContext withApi;

	@BeforeAll
	static void start() {
		with = run("with");
		without = run("without", "--pulsehook.enabled=false");
		withApi = run("api", "--pulsehook.api.enabled=true");
	}

	private static ConfigurableApplicationContext run(String name, String... arguments) {
		String[] all = Arrays.copyOf(arguments, arguments.length + 2);
		all[arguments.length] = "--pulsehook.token=" + TOKEN;
		all[arguments.length + 1] = "--pulsehook.data-dir=" + directory.resolve(name);
		return new SpringApplicationBuilder(HostApplication.class).run(all);
	}

	@AfterAll
	static void stop() {
		with.close();
		without.close();
		withApi.close();
	}

	@Test
	void handsAWebhookToTheHandler() {
		post(with, WEBHOOKS, Samples.INCOMING_MESSAGE).expectStatus()
			.isOk()
			.expectBody()
			.json("{\"accepted\": 1, \"duplicates\": 0, \"unrecognized\": 0}");
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.untilAsserted(() -> assertThat(greetings()).containsExactly("Alexander: hey! whats up?"));
	}

	private static Set<String> greetings() {
		return new TreeSet<>(
				with.getBean(JdbcClient.class).sql("select contact from greeting").query(String.class).list());
	}

	@Test
	void refusesAnUnknownToken() {
		post(with, "/pulsehook/webhooks/some-other-token-than-ours", Samples.INCOMING_MESSAGE).expectStatus()
			.isNotFound();
	}

	@Test
	void switchedOffItReceivesNothing() {
		post(without, WEBHOOKS, Samples.INCOMING_MESSAGE).expectStatus()
			.value((status) -> assertThat(status).isIn(401, 403));
		assertThat(directory.resolve("without")).doesNotExist();
	}

	@Test
	void leavesTheHostsEndpointAsProtectedAsItWas() {
		for (ConfigurableApplicationContext context : Set.of(with, without, withApi)) {
			get(context, "/hello", false).expectStatus().isUnauthorized();
			get(context, "/hello", true).expectStatus().isOk();
			get(context, "/nowhere", false).expectStatus().isUnauthorized();
		}
	}

	@Test
	void leavesTheHostsJsonAndThreadsAsTheyWere() {
		for (ConfigurableApplicationContext context : Set.of(with, without)) {
			get(context, "/hello", true).expectBody()
				.jsonPath("$.greeting_text")
				.isEqualTo("hello")
				.jsonPath("$.thread_name")
				.value((name) -> assertThat(name).asString().startsWith("http-nio-auto-"));
		}
	}

	@Test
	void addsNoBeansButItsOwn() {
		Set<String> added = beans(with);
		added.removeAll(beans(without));
		assertThat(added).isNotEmpty()
			.allMatch((name) -> name.startsWith("pulsehook") || name.startsWith("io.pulsehook.autoconfigure.")
					|| name.equals("inboxHealthIndicator"));
		assertThat(beans(with)).containsAll(beans(without));
	}

	@Test
	void leavesTheHostTheOnlyOneOfItsKind() {
		for (Class<?> type : Set.of(DataSource.class, JsonMapper.class, SecurityFilterChain.class)) {
			assertThat(with.getBeanNamesForType(type)).hasSize(1).isEqualTo(without.getBeanNamesForType(type));
		}
	}

	@Test
	void setsNoPropertiesOfTheHost() {
		assertThat(properties(with)).isEqualTo(properties(without));
	}

	@Test
	void keepsOutOfTheHostsDatabase() {
		assertThat(tables(with)).isEqualTo(tables(without))
			.containsExactlyInAnyOrder("GREETING", "flyway_schema_history");
		assertThat(directory.resolve("with").resolve("pulsehook.db")).isRegularFile();
	}

	@Test
	void hasNoApiUnlessAskedFor() {
		get(with, "/pulsehook/api/events", true).expectStatus().isNotFound();
		get(with, "/pulsehook/api/handlers", true).expectStatus().isNotFound();
	}

	@Test
	void leavesTheProtectionOfItsApiToTheHost() {
		get(withApi, "/pulsehook/api/events", false).expectStatus().isUnauthorized();
		get(withApi, "/pulsehook/api/handlers", true).expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.items[0].id")
			.isEqualTo("greet");
	}

	@Test
	void joinsTheHostsHealth() {
		assertThat(with.containsBean("inboxHealthIndicator")).isTrue();
		get(with, "/actuator/health", true).expectStatus().isEqualTo(HttpStatus.OK);
	}

	private static Set<String> beans(ConfigurableApplicationContext context) {
		return new TreeSet<>(Set.of(context.getBeanDefinitionNames()));
	}

	private static Set<String> properties(ConfigurableApplicationContext context) {
		Set<String> names = new TreeSet<>();
		context.getEnvironment().getPropertySources().stream().forEach((source) -> {
			if (source instanceof EnumerablePropertySource<?> enumerable) {
				names.addAll(Set.of(enumerable.getPropertyNames()));
			}
		});
		names.removeIf((name) -> name.startsWith("pulsehook."));
		return names;
	}

	private static Set<String> tables(ConfigurableApplicationContext context) {
		return Set.copyOf(context.getBean(JdbcClient.class)
			.sql("select table_name from information_schema.tables where table_schema = 'PUBLIC'")
			.query(String.class)
			.list());
	}

	private static RestTestClient.ResponseSpec post(ConfigurableApplicationContext context, String path, String body) {
		return client(context).post().uri(path).contentType(MediaType.APPLICATION_JSON).body(body).exchange();
	}

	private static RestTestClient.ResponseSpec get(ConfigurableApplicationContext context, String path,
			boolean loggedIn) {
		return client(context).get().uri(path).headers((headers) -> {
			if (loggedIn) {
				headers.setBasicAuth("user", "secret");
			}
		}).accept(MediaType.APPLICATION_JSON).exchange();
	}

	private static RestTestClient client(ConfigurableApplicationContext context) {
		int port = ((WebServerApplicationContext) context).getWebServer().getPort();
		return RestTestClient.bindToServer().baseUrl("http://localhost:" + port).build();
	}

}
