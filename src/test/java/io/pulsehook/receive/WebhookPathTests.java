package io.pulsehook.receive;

import java.io.File;
import java.io.IOException;
import java.time.Duration;

import org.apache.catalina.LifecycleException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the ways to write an address below a base path.
 */
class WebhookPathTests {

	private static final String TOKEN = EdgeServer.TOKEN;

	@TempDir
	private File directory;

	private EdgeServer server;

	@BeforeEach
	void start() throws LifecycleException {
		this.server = new EdgeServer(this.directory, "/base", Duration.ofSeconds(10), null);
	}

	@AfterEach
	void stop() throws LifecycleException {
		this.server.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/base/webhooks/" + TOKEN, "/base//webhooks//" + TOKEN, "/base/webhooks/" + TOKEN + ";x=y",
			"/base/webhooks;a/" + TOKEN + ";" + "b?c=d", "/base/%2e/webhooks/" + TOKEN, "/x/../base/webhooks/" + TOKEN,
			"/base/webhooks/%73" + "EcrEt-token_of-the.default~source", "/b%61se/webhooks/" + TOKEN + "?" })
	void knowsTheTokenHoweverTheAddressIsWritten(String path) throws IOException {
		assertThat(status("GET", path)).isEqualTo(200);
		assertThat(status("POST", path)).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/base/webhooks", "/base/webhooks/", "/base/webhooks/;" + TOKEN,
			"/base/webhooks/?" + TOKEN, "/base/webhooks/" + TOKEN + "/", "/base/webhooks/" + TOKEN + "/more",
			"/base/webhooks/more/" + TOKEN, "/base/webhooks/" + TOKEN + "%20", "/base/webhooks/" + TOKEN + "x",
			"/base/webhooks/*", "/base/webhooks/sEcrEt-token_of-the.default~sourc",
			"/base/webhooks/secret-token_of-the.default~source" })
	void findsNothingAtAnyOtherAddressBelowIt(String path) throws IOException {
		assertThat(status("GET", path)).isEqualTo(404);
		assertThat(status("POST", path)).isEqualTo(404);
		assertThat(this.server.count(RequestOutcome.UNKNOWN_TOKEN)).isEqualTo(2);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/webhooks/" + TOKEN, "/base", "/", "/BASE/webhooks/" + TOKEN,
			"/base/webhooks/../" + TOKEN, "/base/webhooksx/" + TOKEN })
	void leavesOtherAddressesToTheApplication(String path) throws IOException {
		assertThat(status("POST", path)).isEqualTo(EdgeServer.PASSED_ON);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/base/webhooks%2F" + TOKEN, "/base/webhooks/" + TOKEN + "%2Fmore",
			"/base/webhooks/" + TOKEN + "%00", "/base/webhooks/../../../" + TOKEN, "/base/webhooks/" + TOKEN + "%zz",
			"/base/webhooks\\" + TOKEN })
	void givesNothingAwayWhereTheContainerRefusesTheAddress(String path) throws IOException {
		assertThat(status("POST", path)).isEqualTo(400);
	}

	private int status(String method, String path) throws IOException {
		return this.server.send(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n", "[]".getBytes()).status();
	}

}
