package io.pulsehook.app.limits;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;

/**
 * A real Tomcat with the guard, and behind it a servlet that answers with what it was
 * sent, or with an endless body.
 */
final class GuardedServer implements AutoCloseable {

	static final int REQUESTS = 4;

	static final int BODY = 1_000;

	static final int EVENTS_BODY = 2_000;

	static final int LARGE_BODIES = 1;

	static final int CONNECTIONS = 64;

	private static final int PATIENCE_MILLIS = 20_000;

	private final Tomcat tomcat = new Tomcat();

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final CountDownLatch answering = new CountDownLatch(1);

	GuardedServer(File directory, Duration time) throws LifecycleException {
		this.tomcat.setBaseDir(directory.getPath());
		Connector connector = new Connector(EvictingProtocol.class.getName());
		connector.setPort(0);
		connector.setProperty("maxConnections", Integer.toString(CONNECTIONS));
		connector.setProperty("connectionTimeout", Long.toString(time.toMillis()));
		connector.setProperty("maxKeepAliveRequests", "-1");
		this.tomcat.setConnector(connector);
		this.tomcat.getEngine().setBackgroundProcessorDelay(1);
		Refusals refusals = new Refusals();
		refusals.bindTo(this.meters);
		RequestLimits places = new RequestLimits(REQUESTS, LARGE_BODIES);
		this.tomcat.getEngine()
			.getPipeline()
			.addValve(new RequestGuard(new GuardSettings(places, BODY, "/events", EVENTS_BODY, time, time, "/health"),
					refusals));
		Context context = this.tomcat.addContext("", directory.getPath());
		Tomcat.addServlet(context, "echo", new Echo(this.answering));
		context.addServletMappingDecoded("/", "echo");
		this.tomcat.start();
	}

	Socket connect() throws IOException {
		Socket socket = new Socket("127.0.0.1", this.tomcat.getConnector().getLocalPort());
		socket.setSoTimeout(PATIENCE_MILLIS);
		return socket;
	}

	Socket send(String request) throws IOException {
		Socket socket = connect();
		socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
		return socket;
	}

	// Returns the whole answer: the server closes the connection behind it.
	String answer(String request) throws IOException {
		try (Socket socket = send(request)) {
			return readAll(socket);
		}
	}

	double refused(Refusal refusal) {
		return this.meters.get("pulsehook.refused").tag("reason", refusal.reason()).functionCounter().count();
	}

	// Cuts a connection that is no longer open.
	void cutAnother() {
		((EvictingProtocol) this.tomcat.getConnector().getProtocolHandler()).cut("another");
	}

	// Lets the servlet answer all requests, including those that it has kept waiting.
	void answerAll() {
		this.answering.countDown();
	}

	static String readAll(Socket socket) throws IOException {
		return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
	}

	static String head(String method, String path, String... headers) {
		return method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
				+ ((headers.length > 0) ? String.join("\r\n", headers) + "\r\n" : "") + "\r\n";
	}

	@Override
	public void close() throws LifecycleException {
		this.tomcat.stop();
		this.tomcat.destroy();
	}

	/**
	 * A servlet that stands for the service.
	 */
	static final class Echo extends HttpServlet {

		private final CountDownLatch answering;

		Echo(CountDownLatch answering) {
			this.answering = answering;
		}

		@Override
		protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
			switch (request.getRequestURI()) {
				case "/endless" -> {
					byte[] some = new byte[8_192];
					while (true) {
						response.getOutputStream().write(some);
					}
				}
				case "/protocol" -> response.getWriter().print(request.getServletConnection().getProtocol());
				case "/events" -> {
					if (request.getQueryString() != null) {
						await(response);
					}
				}
				case "/parameter" -> response.getWriter().print("parameter " + request.getParameter("name"));
				case "/body" -> {
					try (InputStream in = request.getInputStream()) {
						response.getOutputStream().print("body ");
						in.transferTo(response.getOutputStream());
					}
				}
				default -> response.getWriter().print("here");
			}
		}

		private void await(HttpServletResponse response) throws IOException {
			try {
				response.getWriter().print(this.answering.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS));
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

	}

}
