package io.pulsehook.console.event;

import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponents;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Leads from an event back to the search that it was found by.
 */
public final class BackLink {

	private BackLink() {
	}

	/**
	 * Takes the search from the address of the page that the reader comes from.
	 * @param referer that address, or {@code null} if the browser does not tell
	 * @param list the path of the list of events
	 * @return the query with its question mark, or an empty text if the reader comes from
	 * elsewhere
	 */
	public static String query(@Nullable String referer, String list) {
		if (referer == null) {
			return "";
		}
		try {
			UriComponents from = UriComponentsBuilder.fromUriString(referer).build();
			String path = from.getPath();
			return (path != null && path.endsWith(list) && from.getQuery() != null) ? "?" + from.getQuery() : "";
		}
		catch (IllegalArgumentException ex) {
			return "";
		}
	}

}
