package io.pulsehook.app;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that nothing of a request gets into the log, whatever is wrong with it and
 * whoever sends it.
 */
@ExtendWith(OutputCaptureExtension.class)
class HostileRequestsTests {

	private static final String TOKEN = "a-token-for-the-tests-of-hostile-requests";

	private static final String PERSON = "secretperson";

	private static final String FORGED = "2026-01-01T00:00:00.000Z  INFO 1 --- [pulsehook] FORGED";

	private static final String CREDENTIALS = "Authorization: Basic "
			+ Base64.getEncoder().encodeToString("user:secret".getBytes(StandardCharsets.US_ASCII)) + "\r\n";

	private static ConfigurableApplicationContext context;

	@BeforeAll
	static void start(@TempDir Path directory) {
		context = SpringApplication.from(PulsehookApplication::main)
			.with(Failing.class)
			.run("--server.port=0", "--pulsehook.token=" + TOKEN, "--pulsehook.data-dir=" + directory.resolve("data"),
					"--spring.security.user.password=secret")
			.getApplicationContext();
	}

	@AfterAll
	static void stop() {
		context.close();
	}

	// In these queries, %l stands for a forged line, %p for a person, and %t for the
	// token.
	static Stream<String> queries() {
		return Stream.of("?x=%0a%l%zz", "?q=%p%", "?q=alice%20%p%2", "?%t=%zz", "?%t%zz", "?%zz%t", "?%l%0a%zz=1",
				"?%t=%ff", "?%ff%p=1", "?=%p", "?%p&=%t%", "?x=%00%p", "?a=%p%0d%0a%l", "?%t", "?%c0%af%p",
				"?contact=%00%p", "?limit=%p", "?since=%0a%l", "?status=%t", "?after=%p%0a%l", "?sort=%p&page=%t",
				"?error=%0a%l", "?q=" + "%p".repeat(400), "?" + "%p=1&".repeat(120));
	}

	@ParameterizedTest
	@MethodSource("queries")
	void noQueryIsLogged(String query, CapturedOutput output) throws IOException {
		for (String path : List.of("/console/login", "/console", "/console/events", "/console/events.csv",
				"/api/events", "/api/contacts/x", "/actuator/metrics", "/actuator/health", "/nowhere", "/error",
				"/webhooks/%t", "/webhook/%t")) {
			for (String credentials : List.of("", CREDENTIALS)) {
				assertQuiet("GET " + path + query + " HTTP/1.1\r\nAccept: text/html\r\n" + credentials + "\r\n",
						output);
			}
		}
		assertQuiet(
				"POST /console/login HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: "
						+ filled(query.substring(1)).length() + "\r\n\r\n" + query.substring(1),
				output);
	}

	static Stream<String> requests() {
		return Stream.of("%t /api/events HTTP/1.1\r\n%a\r\n",
				"GET /api/events HTTP/1.1\r\nCookie: a=\"%t; REDIRECT_URI=%p\r\n\r\n",
				"GET /api/events HTTP/1.1\r\n%aRange: bytes=%p\r\nAccept: %t\r\n\r\n",
				"GET /console/assets/%t HTTP/1.1\r\n\r\n", "GET /console/assets/..%2f%t HTTP/1.1\r\n%a\r\n",
				"GET /console/assets/http:%t HTTP/1.1\r\n%a\r\n", "GET /console/assets/WEB-INF/%t HTTP/1.1\r\n%a\r\n",
				"GET /api/events/%t HTTP/1.1\r\n%a\r\n", "GET /webhoooks/%t%0a%l HTTP/1.1\r\n%a\r\n",
				"GET /webhoooks//%t;%p HTTP/1.1\r\n%a\r\n", "GET /%zz%t HTTP/1.1\r\n%a\r\n",
				"GET /api/events HTTP/1.1\r\nAuthorization: Basic %t\r\n\r\n",
				"GET /api/events HTTP/1.1\r\n%aX-Forwarded-For: %t\r\nForwarded: for=%p\r\nHost: %t|\r\n\r\n",
				"POST /api/replays HTTP/1.1\r\n%aContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{\"%p\":",
				"POST /api/replays HTTP/1.1\r\n%aContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n{\"%p\":zz",
				"POST /api/replays HTTP/1.1\r\n%aContent-Type: application/json\r\nContent-Length: 17\r\n\r\n{\"%p\":\"",
				"POST /api/replays HTTP/1.1\r\n%aContent-Type: %t\r\nContent-Length: 2\r\n\r\n{}",
				"POST /console/login HTTP/1.1\r\nContent-Type: multipart/form-data; boundary=%t\r\nContent-Length: 20\r\n\r\n--%t",
				"POST /console/login HTTP/1.1\r\nContent-Type: text/plain; charset=%t\r\nContent-Length: 2\r\n\r\n%p",
				"DELETE /api/contacts/%p HTTP/1.1\r\n\r\n", "TRACE /%t HTTP/1.1\r\n\r\n",
				"OPTIONS /%t HTTP/1.1\r\n%a\r\n",
				"GET /console/live?%t HTTP/1.1\r\n%aLast-Event-ID: %p\r\nAccept: text/%t\r\n\r\n",
				"GET /failing?q=%p&%t HTTP/1.1\r\n%a\r\n", "GET /failing-later?q=%p&%t HTTP/1.1\r\n%a\r\n",
				"GET /failing-badly?q=%p&%t HTTP/1.1\r\n%a\r\n");
	}

	@ParameterizedTest
	@MethodSource("requests")
	void noOtherPartIsLogged(String request, CapturedOutput output) throws IOException {
		assertQuiet(request, output);
	}

	@Test
	void whatNobodyHandledIsToldWithoutItsMessage(CapturedOutput output) throws IOException {
		assertThat(send("GET /failing?q=" + PERSON + " HTTP/1.1\r\n" + CREDENTIALS + "\r\n"))
			.startsWith("HTTP/1.1 500");
		context.getBean(UnhandledExceptions.class).tell(new IllegalStateException(PERSON));
		assertThat(output).doesNotContain(PERSON);
	}

	@Test
	void whatIsUnreadableIsRefusedWithAProblem() throws IOException {
		assertThat(send("GET /console/login?x=%zz HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 400")
			.contains("application/problem+json", "cannot be read");
	}

	@Test
	void whatBreaksOffIsNotTakenForComplete() throws IOException {
		assertThat(send("GET /failing-late HTTP/1.1\r\n" + CREDENTIALS + "\r\n")).startsWith("HTTP/1.1 200")
			.contains("begun")
			.doesNotEndWith("0\r\n\r\n");
	}

	private static void assertQuiet(String request, CapturedOutput output) throws IOException {
		send(request);
		assertThat(output.getAll()).as(request).doesNotContain(TOKEN, PERSON, "FORGED", "SEVERE");
	}

	private static String filled(String request) {
		return request.replace("%a", CREDENTIALS)
			.replace("%l", FORGED.replace(" ", "%20"))
			.replace("%p", PERSON)
			.replace("%t", TOKEN);
	}

	private static String send(String request) throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(),
				Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port")))) {
			socket.setSoTimeout(20_000);
			String head = filled(request).replaceFirst("\r\n", "\r\nConnection: close\r\nX: y\r\n");
			String whole = head.contains("Host:") ? head : head.replaceFirst("\r\n", "\r\nHost: localhost\r\n");
			socket.getOutputStream().write(whole.getBytes(StandardCharsets.UTF_8));
			socket.shutdownOutput();
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (SocketException ex) {
			return "";
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class Failing {

		@Bean
		FailingController failingController() {
			return new FailingController();
		}

	}

	@RestController
	static class FailingController {

		@GetMapping("/failing")
		String fail(HttpServletRequest request) {
			throw new IllegalStateException("About " + request.getQueryString() + "\n" + FORGED);
		}

		@GetMapping("/failing-badly")
		String failBadly(HttpServletRequest request) {
			throw new StackOverflowError("About " + request.getQueryString() + "\n" + FORGED);
		}

		@GetMapping("/failing-later")
		Callable<String> failLater(HttpServletRequest request) {
			String query = request.getQueryString();
			return () -> {
				throw new IllegalStateException("About " + query + "\n" + FORGED);
			};
		}

		@GetMapping("/failing-late")
		void failLate(HttpServletResponse response) throws IOException {
			response.getOutputStream().print("begun");
			response.flushBuffer();
			throw new IllegalStateException("About " + PERSON);
		}

	}

}
