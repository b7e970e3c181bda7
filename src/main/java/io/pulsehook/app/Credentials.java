package io.pulsehook.app;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.core.context.DeferredSecurityContext;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.web.context.DelegatingSecurityContextRepository;
import org.springframework.security.web.context.HttpRequestResponseHolder;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;

/**
 * Judges a request that brings a password by that alone. The session that a browser sends
 * along would make a wrong password as good as a right one, and with it spare the request
 * the token against forgery.
 */
final class Credentials implements SecurityContextRepository {

	private final SecurityContextRepository ofRequests = new RequestAttributeSecurityContextRepository();

	private final SecurityContextRepository ofSessions = new DelegatingSecurityContextRepository(this.ofRequests,
			new HttpSessionSecurityContextRepository());

	private SecurityContextRepository of(HttpServletRequest request) {
		return Browsers.usesBasic(request) ? this.ofRequests : this.ofSessions;
	}

	@Override
	public DeferredSecurityContext loadDeferredContext(HttpServletRequest request) {
		return of(request).loadDeferredContext(request);
	}

	@Override
	@Deprecated
	public SecurityContext loadContext(HttpRequestResponseHolder exchange) {
		return loadDeferredContext(exchange.getRequest()).get();
	}

	@Override
	public void saveContext(SecurityContext context, HttpServletRequest request, HttpServletResponse response) {
		of(request).saveContext(context, request, response);
	}

	@Override
	public boolean containsContext(HttpServletRequest request) {
		return of(request).containsContext(request);
	}

}
