package io.pulsehook.app;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apache.coyote.BadRequestException;
import org.apache.coyote.CloseNowException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.filter.OncePerRequestFilter;

import io.pulsehook.failure.LogThrottle;
import io.pulsehook.failure.StackFrames;

/**
 * Catches exceptions that nobody has handled before the container logs their messages,
 * which can quote a request: a search for a person, or the token in a mistyped address.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 3)
class UnhandledExceptions extends OncePerRequestFilter {

	private static final Log logger = LogFactory.getLog(UnhandledExceptions.class);

	private final LogThrottle repetition = new LogThrottle(System::nanoTime);

	@Override
	protected boolean shouldNotFilterAsyncDispatch() {
		return false;
	}

	@Override
	protected boolean shouldNotFilterErrorDispatch() {
		return false;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws IOException {
		try {
			chain.doFilter(request, response);
		}
		catch (BadRequestException | CloseNowException | AsyncRequestNotUsableException ex) {
			// The client has left, or has sent something that is not a valid request.
			fail(response, HttpServletResponse.SC_BAD_REQUEST);
		}
		catch (ServletException | IOException | RuntimeException | Error ex) {
			tell(ex);
			fail(response, HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
		}
	}

	void tell(Throwable thrown) {
		long untold = this.repetition.add();
		if (untold > 0) {
			logger.error(untold + " requests failed, the last one with " + StackFrames.of(thrown));
		}
	}

	// An answer that has begun is cut off, so that no client takes it for complete.
	private static void fail(HttpServletResponse response, int status) throws IOException {
		if (response.isCommitted()) {
			throw new CloseNowException();
		}
		response.sendError(status);
	}

}
