package io.pulsehook.app.crowd;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

import jakarta.servlet.ServletException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apache.coyote.ActionCode;
import org.springframework.http.HttpHeaders;

/**
 * Lets only so many requests in at once, with or without a body, on threads of either
 * kind, until their answers have been written. Bodies are read here, within a size and a
 * time. Webhooks pass, since they are read without a thread and bound themselves; probes
 * of health have places of their own, so that a service that is besieged is not taken for
 * dead.
 */
final class RequestGuard extends ValveBase {

	private static final Log logger = LogFactory.getLog(RequestGuard.class);

	private final GuardSettings settings;

	private final Semaphore senders;

	private final Semaphore strangers;

	private final Semaphore operators;

	private final Semaphore probes;

	private final Set<Place> taken = ConcurrentHashMap.newKeySet();

	RequestGuard(GuardSettings settings) {
		super(true);
		this.settings = settings;
		this.senders = new Semaphore(Math.max(1, settings.requests() / 2));
		this.strangers = new Semaphore(settings.requests());
		this.operators = new Semaphore(settings.requests());
		this.probes = new Semaphore(Math.max(2, settings.requests() / 4));
	}

	@Override
	public void invoke(Request request, Response response) throws IOException, ServletException {
		if (request.isAsyncDispatching() || this.settings.isWebhook(request)) {
			getNext().invoke(request, response);
		}
		else if (this.settings.isProbe(request)) {
			// One answer for each connection always fits into its buffers.
			response.setHeader(HttpHeaders.CONNECTION, "close");
			serve(this.probes, request, response);
		}
		else if (request.isFinished()) {
			serve(this.strangers, request, response);
		}
		else if (isRead(request, response)) {
			serve(this.strangers, request, response);
			// Whatever was sent behind the body has been read with it, and is lost.
			request.getCoyoteRequest().action(ActionCode.DISABLE_SWALLOW_INPUT, null);
		}
	}

	// Otherwise it has been refused.
	private boolean isRead(Request request, Response response) throws IOException {
		if (request.getContentLengthLong() > this.settings.bodyOf(request)) {
			Refusal.TOO_LARGE.send(response);
			return false;
		}
		if (!this.senders.tryAcquire()) {
			refuse(response);
			return false;
		}
		try {
			return read(new SentBody(request), this.settings.bodyOf(request), response);
		}
		finally {
			this.senders.release();
		}
	}

	private boolean read(SentBody body, int limit, Response response) throws IOException {
		try {
			switch (body.read(limit, this.settings.bodyTime())) {
				case READ -> {
					body.replay();
					response.setHeader(HttpHeaders.CONNECTION, "close");
					return true;
				}
				case TOO_LARGE -> Refusal.TOO_LARGE.send(response);
				case TOO_SLOW -> Refusal.TOO_SLOW.send(response);
			}
		}
		catch (SocketTimeoutException ex) {
			Refusal.TOO_SLOW.send(response);
		}
		catch (IOException ex) {
			logger.debug("A body cannot be read", ex);
			Refusal.BROKEN.send(response);
		}
		return false;
	}

	private void serve(Semaphore places, Request request, Response response) throws IOException, ServletException {
		if (!places.tryAcquire()) {
			refuse(response);
			return;
		}
		Place place = new Place(request, places, this.settings.requestTime());
		request.setAttribute(Place.ATTRIBUTE, place);
		this.taken.add(place);
		try {
			getNext().invoke(request, response);
			if (!request.isAsync()) {
				// Or the container would write the end of the answer, after this
				// request was no longer counted.
				request.finishRequest();
				response.finishResponse();
			}
		}
		finally {
			this.taken.remove(place);
			place.free();
		}
	}

	private static void refuse(Response response) throws IOException {
		logger.debug("A request is refused, since too many are in progress");
		Refusal.CROWDED.send(response);
	}

	Semaphore operators() {
		return this.operators;
	}

	// Whoever reads an answer slowly could otherwise keep its place for ever.
	@Override
	public void backgroundProcess() {
		super.backgroundProcess();
		this.taken.forEach(Place::endIfOverdue);
	}

}
