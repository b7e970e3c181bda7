package io.pulsehook.app;

import java.io.IOException;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.access.AccessDeniedHandlerImpl;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.csrf.CsrfException;

/**
 * Answers requests that are not logged in or not allowed: browsers get the login form,
 * all other clients a status. Where there is a form, no browser is challenged for HTTP
 * Basic, because it would show a dialog of its own and remember for good what is typed
 * there.
 */
final class LoginEntryPoint implements AuthenticationEntryPoint, AccessDeniedHandler, AuthenticationFailureHandler {

	private final String loginPath;

	private final boolean form;

	private final AuthenticationEntryPoint toForm;

	private final AccessDeniedHandler denied = new AccessDeniedHandlerImpl();

	LoginEntryPoint(String loginPath, boolean form) {
		this.loginPath = loginPath;
		this.form = form;
		this.toForm = new LoginUrlAuthenticationEntryPoint(loginPath);
	}

	@Override
	public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException thrown)
			throws IOException, ServletException {
		if (thrown instanceof TooManyLoginsException throttled) {
			response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(throttled.pause().toSeconds()));
			response.sendError(HttpStatus.TOO_MANY_REQUESTS.value());
			return;
		}
		if (this.form && Browsers.wantsPage(request)) {
			this.toForm.commence(request, response, thrown);
			return;
		}
		if (!this.form || !Browsers.isScript(request)) {
			response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"Pulsehook\"");
		}
		response.sendError(HttpStatus.UNAUTHORIZED.value());
	}

	// A form that was open for too long has a token that is no longer valid; its browser
	// is sent to the login and can begin anew.
	@Override
	public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException thrown)
			throws IOException, ServletException {
		if (this.form && thrown instanceof CsrfException && Browsers.wantsPage(request)) {
			response.sendRedirect(request.getContextPath() + this.loginPath);
			return;
		}
		this.denied.handle(request, response, thrown);
	}

	@Override
	public void onAuthenticationFailure(HttpServletRequest request, HttpServletResponse response,
			AuthenticationException thrown) throws IOException {
		String reason = (thrown instanceof TooManyLoginsException) ? "wait" : "error";
		response.sendRedirect(request.getContextPath() + this.loginPath + "?" + reason);
	}

}
