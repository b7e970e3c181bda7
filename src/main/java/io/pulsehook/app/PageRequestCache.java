package io.pulsehook.app;

import java.net.URI;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.savedrequest.CookieRequestCache;
import org.springframework.security.web.savedrequest.SavedRequest;

/**
 * Remembers in a cookie which page a user asked for before the login. A cookie that holds
 * no valid address is ignored, because anybody can plant one.
 */
final class PageRequestCache extends CookieRequestCache {

	PageRequestCache() {
		setRequestMatcher(Browsers::opensPage);
	}

	@Override
	public @Nullable SavedRequest getRequest(HttpServletRequest request, HttpServletResponse response) {
		try {
			SavedRequest saved = super.getRequest(request, response);
			return (saved != null && isAddress(saved.getRedirectUrl())) ? saved : null;
		}
		catch (RuntimeException ex) {
			return null;
		}
	}

	private static boolean isAddress(String url) {
		return URI.create(url).toASCIIString().equals(url);
	}

}
