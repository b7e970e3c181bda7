package io.pulsehook.app;

import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests over HTTP which requests of browsers and programs are let in.
 */
class SecurityConfigurationTests {

	private static final String HTML = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8";

	private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

	private static ConfigurableApplicationContext context;

	private static String root;

	private final CookieManager cookies = new CookieManager();

	private final HttpClient browser = HttpClient.newBuilder().cookieHandler(this.cookies).build();

	@BeforeAll
	static void start(@TempDir Path directory) {
		context = SpringApplication.from(PulsehookApplication::main)
			.run("--server.port=0", "--pulsehook.token=a-token-for-the-tests-of-the-lock",
					"--pulsehook.data-dir=" + directory.resolve("data"), "--spring.security.user.password=secret",
					"--server.forward-headers-strategy=framework")
			.getApplicationContext();
		root = "http://localhost:" + context.getEnvironment().getRequiredProperty("local.server.port");
	}

	@AfterAll
	static void stop() {
		context.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/console", "/api/events", "/actuator/metrics", "/nowhere" })
	void showsBrowsersTheFormAndNoDialog(String path) throws Exception {
		HttpResponse<String> answer = get(path, "Accept", HTML);
		assertThat(answer.statusCode()).isEqualTo(302);
		assertThat(answer.headers().firstValue("Location").orElseThrow()).endsWith("/console/login");
		assertThat(answer.headers().firstValue("WWW-Authenticate")).isEmpty();
		assertThat(answer.headers().allValues("Set-Cookie"))
			.noneMatch((cookie) -> cookie.startsWith("pulsehook-session"));
	}

	@Test
	void challengesPrograms() throws Exception {
		HttpResponse<String> answer = get("/api/events", "Accept", "*/*");
		assertThat(answer.statusCode()).isEqualTo(401);
		assertThat(answer.headers().firstValue("WWW-Authenticate").orElseThrow()).startsWith("Basic");
	}

	@ParameterizedTest
	@ValueSource(strings = { "X-Requested-With: XMLHttpRequest", "Sec-Fetch-Mode: cors", "Accept: text/event-stream" })
	void neverChallengesThePagesScripts(String header) throws Exception {
		String[] parts = header.split(": ");
		HttpResponse<String> answer = get("/console/live", parts[0], parts[1]);
		assertThat(answer.statusCode()).isEqualTo(401);
		assertThat(answer.headers().firstValue("WWW-Authenticate")).isEmpty();
	}

	@Test
	void tellsStrangersTheHealthWithoutDetails() throws Exception {
		HttpResponse<String> answer = get("/actuator/health", "Accept", "application/json");
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.body()).contains("UP").doesNotContain("components");
		assertThat(basic("/actuator/health").body()).contains("components");
	}

	@Test
	void letsProgramsInWithoutASession() throws Exception {
		HttpResponse<String> answer = basic("/api/handlers");
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.headers().allValues("Set-Cookie")).isEmpty();
	}

	@Test
	void programsNeedNoCsrfToken() throws Exception {
		HttpRequest.Builder request = request("/api/replays").header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString("{\"dryRun\":true}"));
		assertThat(send(withPassword(request, "secret")).statusCode()).isEqualTo(200);
	}

	@Test
	void aRememberedPasswordIsOfNoUseToAnotherSite() throws Exception {
		HttpRequest.Builder request = request("/api/replays").header("Content-Type", "text/plain")
			.header("Origin", "https://elsewhere.example")
			.POST(HttpRequest.BodyPublishers.ofString("{}"));
		assertThat(send(withPassword(request, "secret")).statusCode()).isEqualTo(403);
	}

	@Test
	void logsInWithTheFormGoesWhereOneWantedToGoAndOut() throws Exception {
		get("/console/events?status=dead", "Accept", HTML);
		HttpResponse<String> in = logIn("secret");
		assertThat(in.statusCode()).isEqualTo(302);
		assertThat(in.headers().firstValue("Location").orElseThrow()).contains("/console/events?status=dead");
		String cookie = in.headers()
			.allValues("Set-Cookie")
			.stream()
			.filter((value) -> value.startsWith("pulsehook-session="))
			.findFirst()
			.orElseThrow();
		assertThat(cookie).contains("HttpOnly").contains("SameSite=Lax");
		assertThat(get("/console", "Accept", HTML).statusCode()).isEqualTo(200);
		assertThat(get("/api/events", "Accept", "*/*").statusCode()).as("The session opens the API as well")
			.isEqualTo(200);
		assertThat(send(request("/api/replays").header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString("{}"))).statusCode()).as("but changes nothing without the token")
			.isEqualTo(403);
		String page = get("/console", "Accept", HTML).body();
		assertThat(
				form("/console/logout", "_csrf=" + encoded(token(page))).headers().firstValue("Location").orElseThrow())
			.endsWith("/console/login?logout");
		assertThat(get("/console", "Accept", HTML).statusCode()).isEqualTo(302);
	}

	@Test
	void aSessionMakesNoWrongPasswordRight() throws Exception {
		logIn("secret");
		HttpRequest.Builder request = request("/api/replays").header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString("{\"dryRun\":true}"));
		assertThat(send(withPassword(request, "wrong")).statusCode()).isEqualTo(401);
		assertThat(send(withPassword(request("/api/handlers"), "wrong")).statusCode()).isEqualTo(401);
		assertThat(get("/api/handlers", "Accept", "*/*").statusCode()).as("The session is still good").isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "!", "a", "%", "/", "not base64", "\"\"", "//example.com", "http://example.com",
			"http://[", "/%zz", "/%", "/\0", "/console\r\nSet-Cookie: planted=1", "/console?q=%", "/{", "/[",
			"/\\example.com", "/:x", "/?%00", "/\u00e9", "?", "/#", "//", "/console/login" })
	void aPlantedCookieSpoilsNothing(String planted) throws Exception {
		for (String value : List.of(planted.replaceAll("[^!-~]", ""),
				Base64.getEncoder().encodeToString(planted.getBytes(StandardCharsets.UTF_8)))) {
			this.cookies.getCookieStore().removeAll();
			HttpCookie cookie = new HttpCookie("REDIRECT_URI", value);
			cookie.setPath("/");
			cookie.setVersion(0);
			this.cookies.getCookieStore().add(URI.create(root), cookie);
			assertThat(get("/console/login", "Accept", HTML).statusCode()).isEqualTo(200);
			HttpResponse<String> in = logIn("secret");
			assertThat(in.statusCode()).isEqualTo(302);
			assertThat(URI.create(root).resolve(in.headers().firstValue("Location").orElseThrow()).getAuthority())
				.isEqualTo(URI.create(root).getAuthority());
			assertThat(in.headers().allValues("Set-Cookie")).noneMatch((set) -> set.startsWith("planted"));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/webhoooks/TOKEN", "/TOKEN", "/console/assets/TOKEN", "/api/TOKEN", "/webhook/TOKEN%20x",
			"/webhook/TOKEN/", "/actuator/TOKEN", "/webhook/x%C3%A9TOKEN" })
	void whatIsNotThereIsNotNamed(String path) throws Exception {
		String token = "a-token-for-the-tests-of-the-lock";
		HttpResponse<String> answer = basic(path.replace("TOKEN", token));
		assertThat(answer.statusCode()).isEqualTo(404);
		assertThat(answer.body()).doesNotContain(token).doesNotContain("instance");
	}

	@Test
	void theSessionOfAnHttpsAddressIsForHttpsOnly() throws Exception {
		HttpResponse<String> page = get("/console/login", "X-Forwarded-Proto", "https");
		assertThat(page.headers().allValues("Set-Cookie")).isNotEmpty().allMatch((cookie) -> cookie.contains("Secure"));
	}

	@Test
	void aWrongPasswordLeadsBackToTheForm() throws Exception {
		assertThat(logIn("wrong").headers().firstValue("Location").orElseThrow()).endsWith("/console/login?error");
		assertThat(get("/console/login?error", "Accept", HTML).body()).contains("is not right");
	}

	@Test
	void aStaleFormLeadsBackToAFreshOne() throws Exception {
		HttpResponse<String> answer = form("/console/login", "username=user&password=secret&_csrf=stale");
		assertThat(answer.statusCode()).isEqualTo(302);
		assertThat(answer.headers().firstValue("Location").orElseThrow()).endsWith("/console/login");
	}

	@Test
	void makesWhoGuessesWait() throws Exception {
		int status = 401;
		HttpResponse<String> last = null;
		for (int i = 0; i < 20 && status == 401; i++) {
			last = send(withPassword(request("/api/events"), "guess-" + i).header("X-Forwarded-For", "203.0.113.9"));
			status = last.statusCode();
		}
		assertThat(status).isEqualTo(429);
		assertThat(last).isNotNull();
		assertThat(Integer.parseInt(last.headers().firstValue("Retry-After").orElseThrow())).isBetween(1, 61);
		assertThat(basic("/api/handlers").statusCode()).as("From another address").isEqualTo(200);
	}

	@Test
	void worksBehindAPrefix() throws Exception {
		HttpResponse<String> answer = send(
				withPassword(request("/console/connect"), "secret").header("X-Forwarded-Proto", "https")
					.header("X-Forwarded-Host", "hooks.example.com")
					.header("X-Forwarded-Prefix", "/tools"));
		assertThat(answer.body()).contains("https://hooks.example.com/tools/webhooks/a-token-for-the-tests-of-the-lock")
			.contains("href=\"/tools/console/assets/console.css\"")
			.contains("action=\"/tools/console/connect/samples\"")
			.doesNotContain("\"/console");
	}

	private HttpResponse<String> logIn(String password) throws Exception {
		String page = get("/console/login", "Accept", HTML).body();
		return form("/console/login", "username=user&password=" + password + "&_csrf=" + encoded(token(page)));
	}

	private static String token(String page) {
		Matcher matcher = CSRF.matcher(page);
		assertThat(matcher.find()).as(page).isTrue();
		return matcher.group(1);
	}

	private static String encoded(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

	private HttpResponse<String> form(String path, String fields) throws Exception {
		return post(path, fields, "application/x-www-form-urlencoded");
	}

	private HttpResponse<String> post(String path, String body, String type) throws Exception {
		return send(request(path).header("Content-Type", type)
			.header("Accept", HTML)
			.POST(HttpRequest.BodyPublishers.ofString(body)));
	}

	private HttpResponse<String> get(String path, String header, String value) throws Exception {
		return send(request(path).header(header, value));
	}

	private HttpResponse<String> basic(String path) throws Exception {
		return send(withPassword(request(path), "secret"));
	}

	private static HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create(root + path));
	}

	private static HttpRequest.Builder withPassword(HttpRequest.Builder request, String password) {
		byte[] credentials = ("user:" + password).getBytes(StandardCharsets.UTF_8);
		return request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials));
	}

	private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
		return this.browser.send(request.build(), HttpResponse.BodyHandlers.ofString());
	}

}
