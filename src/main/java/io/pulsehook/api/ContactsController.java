package io.pulsehook.api;

import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import io.pulsehook.inbox.Erased;
import io.pulsehook.inbox.Erasure;
import io.pulsehook.inbox.Inbox;

/**
 * The persons whom the events are about.
 */
@RestController
@RequestMapping("${pulsehook.base-path:/pulsehook}/api/contacts")
class ContactsController {

	private final Erasure erasure;

	ContactsController(Inbox inbox) {
		this.erasure = inbox.erasure();
	}

	@DeleteMapping("/{id}")
	Erased erase(@PathVariable String id) {
		return this.erasure.erase(id);
	}

}
