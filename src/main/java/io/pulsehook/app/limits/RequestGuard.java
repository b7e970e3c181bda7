package io.pulsehook.app.limits;

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
 * Limits how many requests are in progress at a time, until their answers have been
 * written. It reads their bodies itself, within limits of size and time. Webhook requests
 * pass, because their filter reads them without blocking and has limits of its own.
 * Probes of the health have places of their own, so that a service under attack is not
 * taken for dead.
 */
final class RequestGuard extends ValveBase {

	private static final Log logger = LogFactory.getLog(RequestGuard.class);

	private final GuardSettings settings;

	private final Refusals refusals;

	private final Semaphore senders;

	private final Semaphore largeBodies;

	private final Semaphore strangers;

	private final Semaphore operators;

	private final Semaphore probes;

	private final Set<RequestSlot> taken = ConcurrentHashMap.newKeySet();

	RequestGuard(GuardSettings settings, Refusals refusals) {
		super(true);
		this.settings = settings;
		this.refusals = refusals;
		RequestLimits places = settings.places();
		this.senders = new Semaphore(Math.max(1, places.requests() / 2));
		this.largeBodies = new Semaphore(places.largeBodies());
		this.strangers = new Semaphore(places.requests());
		this.operators = new Semaphore(places.requests());
		this.probes = new Semaphore(Math.max(2, places.requests() / 4));
	}

	@Override
	public void invoke(Request request, Response response) throws IOException, ServletException {
		if (request.isAsyncDispatching() || this.settings.isWebhook(request)) {
			getNext().invoke(request, response);
		}
		else if (this.settings.isProbe(request)) {
			// Close the connection after one answer, which fits into its buffers, so that
			// a slow reader holds up nobody.
			response.setHeader(HttpHeaders.CONNECTION, "close");
			serve(this.probes, request, response);
		}
		else if (request.isFinished()) {
			serve(this.strangers, request, response);
		}
		else if (request.getContentLengthLong() > this.settings.bodyOf(request)) {
			this.refusals.refuse(Refusal.TOO_LARGE, response);
		}
		else if (this.settings.mayBeLarge(request)) {
			readAndServeInAPlaceForLargeBodies(request, response);
		}
		else {
			readAndServe(request, response);
		}
	}

	// Strangers can take the memory of large bodies too, because only after a body has
	// been read is it known whether its sender may use the API. So the places limit it.
	private void readAndServeInAPlaceForLargeBodies(Request request, Response response)
			throws IOException, ServletException {
		if (!this.largeBodies.tryAcquire()) {
			this.refusals.refuse(Refusal.CROWDED, response);
			return;
		}
		try {
			readAndServe(request, response);
		}
		finally {
			this.largeBodies.release();
		}
	}

	private void readAndServe(Request request, Response response) throws IOException, ServletException {
		if (isRead(request, response)) {
			serve(this.strangers, request, response);
			// The connection cannot serve another request: what was sent behind the body
			// has been read with it and is lost.
			request.getCoyoteRequest().action(ActionCode.DISABLE_SWALLOW_INPUT, null);
		}
	}

	// Returns whether the body has been read; if not, the request has been refused.
	private boolean isRead(Request request, Response response) throws IOException {
		if (!this.senders.tryAcquire()) {
			this.refusals.refuse(Refusal.CROWDED, response);
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
				case TOO_LARGE -> this.refusals.refuse(Refusal.TOO_LARGE, response);
				case TOO_SLOW -> this.refusals.refuse(Refusal.TOO_SLOW, response);
			}
		}
		catch (SocketTimeoutException ex) {
			this.refusals.refuse(Refusal.TOO_SLOW, response);
		}
		catch (IOException ex) {
			logger.debug("A body cannot be read", ex);
			this.refusals.refuse(Refusal.BROKEN, response);
		}
		return false;
	}

	private void serve(Semaphore places, Request request, Response response) throws IOException, ServletException {
		if (!places.tryAcquire()) {
			this.refusals.refuse(Refusal.CROWDED, response);
			return;
		}
		RequestSlot place = new RequestSlot(request, places, this.settings.requestTime());
		request.setAttribute(RequestSlot.ATTRIBUTE, place);
		this.taken.add(place);
		try {
			getNext().invoke(request, response);
			if (!request.isAsync()) {
				// Finish the answer here: the container would write its end only when
				// this request is no longer counted.
				request.finishRequest();
				response.finishResponse();
			}
		}
		finally {
			this.taken.remove(place);
			place.free();
		}
	}

	Semaphore operators() {
		return this.operators;
	}

	// Ends overdue requests; the container calls this every few seconds. Otherwise a
	// client that reads its answer slowly could keep its place for ever.
	@Override
	public void backgroundProcess() {
		super.backgroundProcess();
		this.taken.forEach(RequestSlot::endIfOverdue);
	}

}
