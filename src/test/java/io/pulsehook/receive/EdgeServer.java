package io.pulsehook.receive;

import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.tomcat.util.descriptor.web.ErrorPage;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

import io.pulsehook.event.EventReader;
import io.pulsehook.inbox.Inbox;

/**
 * A real Tomcat with the filter only, and behind it a servlet that webhooks must never
 * reach.
 */
final class EdgeServer implements AutoCloseable {

	static final String TOKEN = "sEcrEt-token_of-the.default~source";

	static final int PASSED_ON = 418;

	static final int MAX_BODY_SIZE = 20_000;

	static final int MAX_ELEMENTS = 100;

	static final int SLOW_BODIES = 16;

	private static final DataSize BODY_BUFFER = DataSize.ofKilobytes(64L * SLOW_BODIES);

	private final Tomcat tomcat = new Tomcat();

	private final InboxStub stored = new InboxStub();

	private final Inbox inbox;

	private final AtomicInteger passedOn = new AtomicInteger();

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	EdgeServer(File directory) throws LifecycleException {
		this(directory, "", Duration.ofSeconds(10), null);
	}

	EdgeServer(File directory, AllowedAddresses allowed) throws LifecycleException {
		this(directory, "", Duration.ofSeconds(10), null, allowed);
	}

	EdgeServer(File directory, String basePath, Duration readTimeout, @Nullable Inbox inbox) throws LifecycleException {
		this(directory, basePath, readTimeout, inbox, new AllowedAddresses(List.of()));
	}

	private EdgeServer(File directory, String basePath, Duration readTimeout, @Nullable Inbox inbox,
			AllowedAddresses allowed) throws LifecycleException {
		this.inbox = (inbox != null) ? inbox : this.stored.inbox();
		ReceiveSettings settings = new ReceiveSettings(basePath, DataSize.ofBytes(MAX_BODY_SIZE), MAX_ELEMENTS,
				readTimeout, BODY_BUFFER, allowed);
		this.tomcat.setBaseDir(directory.getPath());
		this.tomcat.setPort(0);
		Context context = this.tomcat.addContext("", directory.getPath());
		addErrorReports(context);
		addServletBehind(context);
		addFilter(context, settings);
		this.tomcat.start();
	}

	// Configures error pages as Spring Boot does. Tomcat's own would quote an address
	// that it cannot read.
	private static void addErrorReports(Context context) {
		ErrorReportValve reports = new ErrorReportValve();
		reports.setShowReport(false);
		reports.setShowServerInfo(false);
		context.getParent().getPipeline().addValve(reports);
	}

	private void addServletBehind(Context context) {
		Tomcat.addServlet(context, "behind", new Behind(this.passedOn)).setAsyncSupported(true);
		context.addServletMappingDecoded("/", "behind");
		ErrorPage errors = new ErrorPage();
		errors.setLocation("/error");
		context.addErrorPage(errors);
	}

	private void addFilter(Context context, ReceiveSettings settings) {
		Sources sources = new Sources(Map.of("default", List.of(TOKEN)));
		FilterDef definition = new FilterDef();
		definition.setFilterName("webhooks");
		definition.setAsyncSupported("true");
		Receiver receiver = new Receiver(new EventReader(), this.inbox, MAX_ELEMENTS, ObservationRegistry.NOOP);
		definition.setFilter(new WebhookFilter(settings, sources, receiver, this.meters, ObservationRegistry.NOOP));
		context.addFilterDef(definition);
		FilterMap mapping = new FilterMap();
		mapping.setFilterName("webhooks");
		mapping.addURLPattern(settings.path("*"));
		context.addFilterMap(mapping);
	}

	RawHttp connect() throws IOException {
		return new RawHttp(this.tomcat.getConnector().getLocalPort());
	}

	/**
	 * Sends one request on a connection of its own.
	 */
	Reply send(String head, byte[] body) throws IOException {
		try (RawHttp http = connect()) {
			return http.send(head).send("Content-Length: " + body.length + "\r\n\r\n").send(body).read();
		}
	}

	Reply post(String body) throws IOException {
		return send("POST /webhooks/" + TOKEN + " HTTP/1.1\r\nHost: localhost\r\n", body.getBytes());
	}

	InboxStub stored() {
		return this.stored;
	}

	/**
	 * Returns how many requests reached the application behind the filter.
	 */
	int passedOn() {
		return this.passedOn.get();
	}

	double count(RequestOutcome outcome) {
		return this.meters.get("pulsehook.requests").tag("outcome", outcome.tag()).timer().count();
	}

	@Override
	public void close() throws LifecycleException {
		this.tomcat.stop();
		this.tomcat.destroy();
	}

	/**
	 * Stands for the application, whose filter chain and error page must not see a
	 * webhook.
	 */
	static final class Behind extends HttpServlet {

		private final AtomicInteger calls;

		Behind(AtomicInteger calls) {
			this.calls = calls;
		}

		@Override
		protected void service(HttpServletRequest request, HttpServletResponse response) {
			this.calls.incrementAndGet();
			response.setStatus(PASSED_ON);
		}

	}

}
