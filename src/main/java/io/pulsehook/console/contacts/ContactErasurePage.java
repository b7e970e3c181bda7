package io.pulsehook.console.contacts;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.Map;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

import io.pulsehook.console.format.ContactLink;
import io.pulsehook.console.frame.ConsoleController;
import io.pulsehook.console.frame.NotFoundException;
import io.pulsehook.console.frame.Pages;
import io.pulsehook.event.EventReader;
import io.pulsehook.inbox.query.StoredEvents;
import io.pulsehook.inbox.upkeep.Erased;
import io.pulsehook.inbox.upkeep.Erasure;

/**
 * Erases a contact, after the operator has seen how much that is and has typed whom.
 */
@ConsoleController
@RequestMapping("/contacts")
public class ContactErasurePage {

	private final StoredEvents events;

	private final Contacts contacts;

	private final Erasure erasure;

	private final EventReader reader;

	private final Pages pages;

	ContactErasurePage(StoredEvents events, Erasure erasure, EventReader reader, Pages pages) {
		this.events = events;
		this.contacts = new Contacts(events, reader);
		this.erasure = erasure;
		this.reader = reader;
		this.pages = pages;
	}

	@GetMapping("/erase")
	ModelAndView ask(@RequestParam String id) {
		return ask(find(id), HttpStatus.OK);
	}

	private ModelAndView ask(Profile who, HttpStatus status) {
		Map<String, Object> model = new HashMap<>();
		model.put("who", who);
		model.put("link", ContactLink.of(who.id()));
		model.put("stored", this.events.ofContact(who.id()).stored());
		model.put("other", status != HttpStatus.OK);
		return this.pages.show("contact-erase", status, model);
	}

	@PostMapping("/erase")
	ModelAndView erase(@RequestParam String id, @RequestParam(defaultValue = "") String confirmation) {
		Profile who = find(id);
		if (!isMeant(who, confirmation)) {
			return ask(who, HttpStatus.BAD_REQUEST);
		}
		Erased erased = this.erasure.erase(id, this.reader::contactId);
		return this.pages.goTo("/contacts/erased?events=" + erased.events() + "&deliveries=" + erased.deliveries()
				+ "&attempts=" + erased.attempts());
	}

	// The page that follows an erasure no longer knows whom it was about.
	@GetMapping("/erased")
	ModelAndView tell(@RequestParam long events, @RequestParam long deliveries, @RequestParam long attempts) {
		return this.pages.show("contact-erased",
				Map.of("events", events, "deliveries", deliveries, "attempts", attempts));
	}

	private Profile find(String id) {
		return this.contacts.profile(id, this.pages.now()).orElseThrow(() -> NotFoundException.nothingOf(id));
	}

	// A name may be typed in any case, and with its accents as one character or as two.
	private static boolean isMeant(Profile who, String confirmation) {
		String typed = normalized(confirmation);
		return typed.equalsIgnoreCase(normalized(who.name())) || typed.equals(who.id().strip());
	}

	private static String normalized(String text) {
		return Normalizer.normalize(text, Normalizer.Form.NFC).strip().replaceAll("\\s+", " ");
	}

}
