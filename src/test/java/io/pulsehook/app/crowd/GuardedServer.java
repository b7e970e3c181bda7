package io.pulsehook.app.crowd;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;

/**
 * A real Tomcat with the guard, and behind it a servlet that answers what it was sent, or
 * without end.
 */
final class GuardedServer implements AutoCloseable {

	static final int REQUESTS = 4;

	static final int BODY = 1_000;

	static final int EVENTS_BODY = 2_000;

	static final int CONNECTIONS = 64;

	private static final int PATIENCE_MILLIS = 20_000;

	private final Tomcat tomcat = new Tomcat();

	GuardedServer(File directory, Duration time) throws LifecycleException {
		this.tomcat.setBaseDir(directory.getPath());
		Connector connector = new Connector(CrowdedProtocol.class.getName());
		connector.setPort(0);
		connector.setProperty("maxConnections", Integer.toString(CONNECTIONS));
		connector.setProperty("connectionTimeout", "2000");
		connector.setProperty("maxKeepAliveRequests", "-1");
		this.tomcat.setConnector(connector);
		this.tomcat.getEngine().setBackgroundProcessorDelay(1);
		this.tomcat.getEngine()
			.getPipeline()
			.addValve(
					new RequestGuard(new GuardSettings(REQUESTS, BODY, "/events", EVENTS_BODY, time, time, "/health")));
		Context context = this.tomcat.addContext("", directory.getPath());
		Tomcat.addServlet(context, "echo", new Echo());
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

	// The whole answer, after which the server closes.
	String answer(String request) throws IOException {
		try (Socket socket = send(request)) {
			return readAll(socket);
		}
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
	 * Stands for the service.
	 */
	static final class Echo extends HttpServlet {

		@Override
		protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
			switch (request.getRequestURI()) {
				case "/endless" -> {
					byte[] some = new byte[8_192];
					while (true) {
						response.getOutputStream().write(some);
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

	}

}
