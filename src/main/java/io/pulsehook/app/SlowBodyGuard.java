package io.pulsehook.app;

import java.io.IOException;
import java.util.concurrent.Semaphore;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnThreading;
import org.springframework.boot.thread.Threading;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * Lets only so many requests with a body in at once, with or without a login: whoever
 * sends it slowly holds a thread, and could have all of them. Webhooks, which are read
 * without a thread, never come this far. Nobody needs this where threads are virtual.
 */
@Component
@ConditionalOnThreading(Threading.PLATFORM)
@Order(Ordered.HIGHEST_PRECEDENCE + 2)
class SlowBodyGuard implements Filter {

	private static final Log logger = LogFactory.getLog(SlowBodyGuard.class);

	// A quarter of the threads that Tomcat has.
	private static final int MOST = 50;

	private final Semaphore room = new Semaphore(MOST);

	@Override
	public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		if (!hasBody((HttpServletRequest) request)) {
			chain.doFilter(request, response);
			return;
		}
		if (!this.room.tryAcquire()) {
			refuse(request, (HttpServletResponse) response);
			return;
		}
		try {
			chain.doFilter(request, response);
			readRest(request);
		}
		finally {
			this.room.release();
		}
	}

	private static boolean hasBody(HttpServletRequest request) {
		return request.getContentLengthLong() > 0 || request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
	}

	// Or the container would, after this request was no longer counted.
	private static void readRest(ServletRequest request) {
		if (request.isAsyncStarted()) {
			return;
		}
		try {
			request.getInputStream().skip(Long.MAX_VALUE);
		}
		catch (IOException | IllegalStateException ex) {
			logger.debug("The rest of a body cannot be read", ex);
		}
	}

	// With a listener the container throws away what is there and waits for no more.
	private static void refuse(ServletRequest request, HttpServletResponse response) throws IOException {
		response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
		response.setHeader(HttpHeaders.RETRY_AFTER, "5");
		response.setHeader(HttpHeaders.CONNECTION, "close");
		response.setContentLength(0);
		response.flushBuffer();
		AsyncContext async = request.startAsync();
		request.getInputStream().setReadListener(new Nobody());
		async.complete();
	}

	private static final class Nobody implements ReadListener {

		@Override
		public void onDataAvailable() {
		}

		@Override
		public void onAllDataRead() {
		}

		@Override
		public void onError(Throwable thrown) {
		}

	}

}
