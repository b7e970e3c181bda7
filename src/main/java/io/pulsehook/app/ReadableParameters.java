package io.pulsehook.app;

import java.io.IOException;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

import io.pulsehook.web.Problem;

/**
 * Parses the parameters of a request before anything else does, and refuses a request
 * whose parameters cannot be parsed. Otherwise the container would throw an exception
 * that quotes them at whatever code asks for a parameter first.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 4)
class ReadableParameters implements Filter {

	@Override
	public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		try {
			request.getParameterMap();
		}
		catch (IllegalStateException ex) {
			new Problem(status(ex), "The parameters of this request cannot be read.")
				.writeAndClose((HttpServletResponse) response);
			return;
		}
		chain.doFilter(request, response);
	}

	// Too many parameters and too large a form are faults of the sender as well, whatever
	// status the container gives them.
	private static HttpStatus status(IllegalStateException thrown) {
		HttpStatus status = (thrown instanceof InvalidParameterException invalid)
				? HttpStatus.resolve(invalid.getErrorCode()) : null;
		return (status != null && status.is4xxClientError()) ? status : HttpStatus.BAD_REQUEST;
	}

}
