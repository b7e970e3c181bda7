package io.pulsehook.receive;

import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Function;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;

/**
 * Receives webhooks. Meant to be the first filter, so that nothing else of the
 * application, be it a firewall, a form parser, an observation or an error page, sees a
 * request whose path is a secret. It answers everything below its path and passes nothing
 * on.
 * <p>
 * It has to be registered as supporting asynchronous requests, and so has the servlet
 * behind it.
 */
public final class WebhookFilter implements Filter {

	private final ReceiveSettings settings;

	private final Sources sources;

	private final Receiver receiver;

	private final Requests requests;

	private final Traces traces;

	private final BodyBudget budget;

	private final WaitingRoom slowBodies;

	private final Semaphore leftovers;

	/**
	 * Creates the filter.
	 * @param settings where it receives, and under which limits
	 * @param sources who may send
	 * @param receiver what stores the events of a body
	 * @param meters where requests are counted
	 * @param observations where requests are traced
	 */
	public WebhookFilter(ReceiveSettings settings, Sources sources, Receiver receiver, MeterRegistry meters,
			ObservationRegistry observations) {
		this.settings = settings;
		this.sources = sources;
		this.receiver = receiver;
		this.traces = new Traces(observations);
		this.requests = new Requests(meters);
		this.budget = new BodyBudget(settings.bodyBuffer());
		this.slowBodies = new WaitingRoom(settings.slowBodies());
		// Refused requests have places of their own: strangers can fill them, and must
		// not take those of slow senders.
		this.leftovers = new Semaphore(settings.slowBodies() / 4);
	}

	@Override
	public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain) {
		Exchange exchange = new Exchange((HttpServletResponse) response, this.requests);
		try {
			serve((HttpServletRequest) request, exchange);
		}
		catch (IOException ex) {
			exchange.accept(Answers.ABORTED);
		}
		catch (RuntimeException | Error ex) {
			exchange.accept(Answers.failed(ex));
		}
	}

	private void serve(HttpServletRequest request, Exchange exchange) throws IOException {
		String source = this.sources.sourceOf(token(request));
		if (source == null) {
			refuse(Answers.UNKNOWN_TOKEN, request, exchange);
			return;
		}
		if (!this.settings.allowed().allow(request.getRemoteAddr())) {
			refuse(Answers.ADDRESS, request, exchange);
			return;
		}
		switch (request.getMethod()) {
			case "POST" -> receive(source, request, exchange);
			case "GET", "HEAD" -> refuse(Answers.PROBE, request, exchange);
			default -> refuse(Answers.METHOD, request, exchange);
		}
	}

	// The token is read from the path that the container has decoded and normalised.
	private String token(HttpServletRequest request) {
		String info = request.getPathInfo();
		String path = (info != null) ? request.getServletPath() + info : request.getServletPath();
		String prefix = this.settings.path("");
		return path.startsWith(prefix) ? path.substring(prefix.length()) : "";
	}

	private void receive(String source, HttpServletRequest request, Exchange exchange) throws IOException {
		if (isEncoded(request.getHeaders(HttpHeaders.CONTENT_ENCODING))) {
			refuse(Answers.ENCODING, request, exchange);
			return;
		}
		BodyBuffer body = new BodyBuffer(request.getContentLengthLong(), (int) this.settings.maxBodySize().toBytes(),
				this.budget);
		if (body.isTooLarge()) {
			refuse(Answers.TOO_LARGE, request, exchange);
			return;
		}
		boolean form = FormBody.is(request.getContentType());
		Observation post = this.traces.post(source, request);
		exchange.observe(post);
		exchange.hold(body);
		Function<byte[], Answer> answering = (bytes) -> post
			.scoped(() -> answer(source, form ? FormBody.json(bytes) : bytes));
		if (body.readArrived(request.getInputStream())) {
			exchange.accept(answering.apply(body.toBytes()));
			return;
		}
		new SlowBody(request.startAsync(), body, answering, exchange, this.slowBodies)
			.read(this.settings.readTimeout());
	}

	private Answer answer(String source, byte[] body) {
		try {
			return Answers.accepted(this.receiver.receive(source, body));
		}
		catch (ReceiveException ex) {
			return Answers.refused(ex);
		}
		catch (RuntimeException | Error ex) {
			return Answers.failed(ex);
		}
	}

	// Answers at once, without waiting for the rest of the body.
	private void refuse(Answer answer, HttpServletRequest request, Consumer<Answer> sender) throws IOException {
		if (UnreadBody.isNoneOf(request)) {
			sender.accept(answer);
			return;
		}
		sender.accept(answer.closing());
		new UnreadBody(request.startAsync(), this.leftovers).discard(this.settings.readTimeout());
	}

	private static boolean isEncoded(Enumeration<String> encodings) {
		return encodings.hasMoreElements() && Collections.list(encodings)
			.stream()
			.anyMatch((encoding) -> !"identity".equalsIgnoreCase(encoding.strip()));
	}

}
