package io.pulsehook.console.format;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriUtils;

/**
 * Makes the addresses of the pages of contacts.
 */
public final class ContactLink {

	/**
	 * SendPulse's ids look like this. Servers reject some other characters in a path, so
	 * that any other id is put into the query.
	 */
	private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_-]+");

	private static final Set<String> OTHER_PAGES = Set.of("erase", "erased");

	private ContactLink() {
	}

	/**
	 * Returns the address of a contact's page.
	 * @param contact the contact's id, or {@code null}
	 * @return the address within the console, or {@code null} without a contact
	 */
	public static @Nullable String ofNullable(@Nullable String contact) {
		return (contact != null) ? of(contact) : null;
	}

	/**
	 * Returns the address of a contact's page.
	 * @param contact the contact's id
	 * @return the address within the console
	 */
	public static String of(String contact) {
		boolean plain = PLAIN.matcher(contact).matches() && !OTHER_PAGES.contains(contact);
		return plain ? "/contacts/" + contact : "/contacts?id=" + encoded(contact);
	}

	/**
	 * Returns the address of an older part of a contact's conversation.
	 * @param contact the contact's id
	 * @param before the id of the event before which that part ends
	 * @return the address within the console
	 */
	public static String of(String contact, long before) {
		String newest = of(contact);
		return newest + (newest.contains("?") ? "&" : "?") + "cursor=" + before;
	}

	private static String encoded(String contact) {
		return UriUtils.encode(contact, StandardCharsets.UTF_8);
	}

}
