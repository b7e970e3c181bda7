package io.pulsehook.console.contacts;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

import io.pulsehook.console.format.ContactLink;
import io.pulsehook.console.frame.ConsoleController;
import io.pulsehook.console.frame.NotFoundException;
import io.pulsehook.console.frame.Pages;
import io.pulsehook.event.EventReader;
import io.pulsehook.inbox.model.Ids;
import io.pulsehook.inbox.query.EventPage;
import io.pulsehook.inbox.query.StoredEvents;

/**
 * Shows who a contact is, and the conversation with it.
 */
@ConsoleController
@RequestMapping("/contacts")
public class ContactPage {

	private final Contacts contacts;

	private final Conversation conversation;

	private final Pages pages;

	ContactPage(StoredEvents events, EventReader reader, Pages pages) {
		this.contacts = new Contacts(events, reader);
		this.conversation = new Conversation(events, reader);
		this.pages = pages;
	}

	@GetMapping("/{contact}")
	ModelAndView show(@PathVariable String contact, @RequestParam(defaultValue = "") String cursor) {
		return page(contact, Ids.parse(cursor).orElse(null));
	}

	// Shows a contact whose id may be any text.
	@GetMapping(params = "id")
	ModelAndView showAny(@RequestParam String id, @RequestParam(defaultValue = "") String cursor) {
		return page(id, Ids.parse(cursor).orElse(null));
	}

	private ModelAndView page(String contact, @Nullable Long before) {
		Instant now = this.pages.now();
		EventPage page = this.contacts.page(contact, before);
		Map<String, Object> model = new HashMap<>();
		model.put("who", this.contacts.profile(contact, now).orElseThrow(() -> NotFoundException.nothingOf(contact)));
		model.put("link", ContactLink.of(contact));
		model.put("newest", before == null);
		model.put("older", (page.next() != null) ? ContactLink.of(contact, page.next()) : null);
		model.put("conversation", this.conversation.of(page.events(), now));
		return this.pages.show("contact", model);
	}

}
