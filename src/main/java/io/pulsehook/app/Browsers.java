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

	// A script of a page, to which a browser would add a dialog of its own.
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

	// No site can make a browser send this for another one without being asked first.
	static boolean usesBasic(HttpServletRequest request) {
		return StringUtils.startsWithIgnoreCase(request.getHeader(HttpHeaders.AUTHORIZATION), BASIC);
	}

	// Unless the browser remembers it: then it is known by its Origin.
	static boolean usesBasicForAnotherSite(HttpServletRequest request) {
		return usesBasic(request) && CorsUtils.isCorsRequest(request);
	}

}
