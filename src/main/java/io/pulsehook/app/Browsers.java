package io.pulsehook.app;

import java.util.List;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.util.StringUtils;
import org.springframework.web.cors.CorsUtils;

/**
 * Tells browsers from programs.
 */
final class Browsers {

	private static final String BASIC = "Basic ";

	private Browsers() {
	}

	static boolean opensPage(HttpServletRequest request) {
		return request.getMethod().equals("GET") && wantsPage(request);
	}

	static boolean wantsPage(HttpServletRequest request) {
		return !isScript(request)
				&& accepts(request).stream().anyMatch((type) -> type.equalsTypeAndSubtype(MediaType.TEXT_HTML));
	}

	/**
	 * Tells whether a script of a page asks. For such a request, a challenge would make
	 * the browser show a dialog of its own.
	 */
	static boolean isScript(HttpServletRequest request) {
		String mode = request.getHeader("Sec-Fetch-Mode");
		return "XMLHttpRequest".equals(request.getHeader("X-Requested-With"))
				|| (mode != null && !mode.equals("navigate"))
				|| accepts(request).stream().anyMatch((type) -> type.equalsTypeAndSubtype(MediaType.TEXT_EVENT_STREAM));
	}

	private static List<MediaType> accepts(HttpServletRequest request) {
		try {
			return MediaType.parseMediaTypes(request.getHeader(HttpHeaders.ACCEPT));
		}
		catch (InvalidMediaTypeException ex) {
			return List.of();
		}
	}

	/**
	 * Tells whether a request brings a password by itself. No other site can make a
	 * browser send such a header without being asked first.
	 */
	static boolean usesBasic(HttpServletRequest request) {
		return StringUtils.startsWithIgnoreCase(request.getHeader(HttpHeaders.AUTHORIZATION), BASIC);
	}

	/**
	 * Tells whether another site makes the browser send a password that it remembers.
	 * Such a request has an Origin.
	 */
	static boolean usesBasicForAnotherSite(HttpServletRequest request) {
		return usesBasic(request) && CorsUtils.isCorsRequest(request);
	}

}
