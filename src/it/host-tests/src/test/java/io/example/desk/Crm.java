package io.example.desk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.HttpServer;

/**
 * A mock of the CRM that the application calls. It records every request of all tests in
 * this JVM.
 */
final class Crm {

	static final String REFUSED = "This one is refused";

	static final List<String> HEARD = new CopyOnWriteArrayList<>();

	private static final HttpServer SERVER = start();

	private Crm() {
	}

	static String url() {
		return "http://localhost:" + SERVER.getAddress().getPort();
	}

	private static HttpServer start() {
		try {
			HttpServer server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
			server.createContext("/", (exchange) -> {
				String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
				HEARD.add(exchange.getRequestURI() + " " + body);
				exchange.sendResponseHeaders(body.equals(REFUSED) ? 500 : 200, -1);
				exchange.close();
			});
			server.start();
			return server;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
