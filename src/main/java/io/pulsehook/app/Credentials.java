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
 * Decides who sends a request that carries a password by that password alone, and ignores
 * its session. With the session of a browser that is logged in, a wrong password would do
 * as well as the right one, and the request would not even need a CSRF token.
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
