package io.pulsehook.app.limits;

import java.io.File;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.apache.catalina.LifecycleException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class EvictingEndpointTests {

	/** How long the server waits for a request. */
	private static final Duration TIME = Duration.ofSeconds(20);

	private final List<Socket> crowd = new ArrayList<>();

	@TempDir
	private File directory;

	private GuardedServer server;

	@BeforeEach
	void start() throws LifecycleException {
		this.server = new GuardedServer(this.directory, TIME);
	}

	@AfterEach
	void stop() throws Exception {
		for (Socket socket : this.crowd) {
			socket.close();
		}
		this.server.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "GET / HTTP/1.1\r\nHost: loc" })
	void answersNewcomersWhileACrowdKeepsConnectionsOpen(String beginning) throws IOException {
		for (int i = 0; i < 2 * GuardedServer.CONNECTIONS; i++) {
			this.crowd.add(this.server.send(beginning));
		}
		long began = System.nanoTime();
		for (int i = 0; i < 20; i++) {
			assertThat(this.server.answer(GuardedServer.head("GET", "/"))).startsWith("HTTP/1.1 200 ");
		}
		assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(TIME.dividedBy(2));
	}

	@Test
	void keepsTheProtocolOfAConnectionWhileAnotherIsCut() throws IOException {
		try (Socket first = this.server.connect()) {
			// Tomcat accepts this connection later, so that it knows the first one once
			// this one is answered.
			this.server.answer(GuardedServer.head("GET", "/"));
			this.server.cutAnother();
			first.getOutputStream().write(GuardedServer.head("GET", "/protocol").getBytes());
			assertThat(GuardedServer.readAll(first)).endsWith("http/1.1");
		}
	}

	// The busy connection is kept because its last request came later than all other
	// connections.
	@Test
	void keepsAConnectionOnWhichRequestsArrive() throws IOException {
		String request = GuardedServer.head("GET", "/").replace("Connection: close\r\n", "");
		try (Socket busy = this.server.connect()) {
			for (int i = 0; i < 2 * GuardedServer.CONNECTIONS; i++) {
				this.crowd.add(this.server.connect());
				busy.getOutputStream().write(request.getBytes());
				byte[] answer = busy.getInputStream().readNBytes(12);
				assertThat(new String(answer)).isEqualTo("HTTP/1.1 200");
				busy.getInputStream().skipNBytes(busy.getInputStream().available());
			}
		}
	}

}
