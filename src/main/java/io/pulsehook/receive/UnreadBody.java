package io.pulsehook.receive;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * The rest of the body of a request that has been answered already. It is read and thrown
 * away as it arrives, because a client that is still sending might not see its answer.
 * The container would wait for it on a blocked thread, so that a few hundred strangers
 * could occupy all of its threads.
 */
final class UnreadBody implements ReadListener, AsyncListener {

	private static final Log logger = LogFactory.getLog(UnreadBody.class);

	private final byte[] waste = new byte[4096];

	private final AsyncContext async;

	private final ServletInputStream in;

	private final Semaphore places;

	private final AtomicBoolean waits = new AtomicBoolean();

	/**
	 * Creates the rest of a request's body.
	 * @param async the request, in asynchronous mode and answered
	 * @param places limits how many such bodies are waited for at a time
	 * @throws IOException if it cannot be read
	 */
	UnreadBody(AsyncContext async, Semaphore places) throws IOException {
		this.async = async;
		this.places = places;
		this.in = async.getRequest().getInputStream();
	}

	/**
	 * Throws away what has arrived of a request's body, and tells whether nothing is
	 * still to come.
	 * @param request the request
	 * @return whether its whole body has arrived, or it has none
	 * @throws IOException if it cannot be read
	 */
	static boolean isNoneOf(HttpServletRequest request) throws IOException {
		ServletInputStream in = request.getInputStream();
		// Asking for the next chunk of a body of unknown length would wait for it.
		while (!in.isFinished() && request.getContentLengthLong() > 0 && in.available() > 0) {
			in.skip(in.available());
		}
		return in.isFinished();
	}

	/**
	 * Throws away what arrives, or ends the request at once if there is no place for it
	 * or the client is gone. The read listener is set in either case, because the
	 * container does not wait by itself for a body that has one.
	 * @param timeout how long the rest may take to arrive
	 */
	void discard(Duration timeout) {
		if (!isSent() || !this.places.tryAcquire()) {
			this.in.setReadListener(this);
			this.async.complete();
			return;
		}
		this.async.setTimeout(timeout.toMillis());
		this.async.addListener(this);
		this.in.setReadListener(this);
		this.waits.set(true);
	}

	private boolean isSent() {
		try {
			this.async.getResponse().flushBuffer();
			return true;
		}
		catch (IOException ex) {
			logger.debug("A client left before it was answered");
			return false;
		}
	}

	@Override
	public void onDataAvailable() throws IOException {
		boolean more = true;
		while (more && this.in.isReady()) {
			more = this.in.read(this.waste) >= 0;
		}
	}

	@Override
	public void onAllDataRead() {
		end();
	}

	/** Does nothing, because the error event that follows ends the request. */
	@Override
	public void onError(Throwable thrown) {
	}

	@Override
	public void onTimeout(AsyncEvent event) {
		end();
	}

	@Override
	public void onError(AsyncEvent event) {
		end();
	}

	private void end() {
		if (this.waits.compareAndSet(true, false)) {
			this.places.release();
			this.async.complete();
		}
	}

	@Override
	public void onComplete(AsyncEvent event) {
	}

	@Override
	public void onStartAsync(AsyncEvent event) {
	}

}
