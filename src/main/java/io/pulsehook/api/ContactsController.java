package io.pulsehook.api;

import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import io.pulsehook.event.EventReader;
import io.pulsehook.inbox.upkeep.Erased;
import io.pulsehook.inbox.upkeep.Erasure;

/**
 * Shows and erases what is stored about a contact. The id is sent in the query or the
 * body, where it can be any text: servers reject a slash or a line break in a path.
 */
@RestController
@RequestMapping("/contacts")
class ContactsController {

	private final Erasure erasure;

	private final EventReader reader;

	ContactsController(Erasure erasure, EventReader reader) {
		this.erasure = erasure;
		this.reader = reader;
	}

	@DeleteMapping("/{id}")
	Erased eraseByPath(@PathVariable String id) {
		return erase(id);
	}

	@DeleteMapping
	Erased eraseByQuery(@RequestParam Map<String, String> values) {
		return erase(new Parameters(values, Set.of("id")).anyText("id"));
	}

	@PostMapping("/erase")
	Erased eraseByBody(@RequestBody Map<String, @Nullable Object> body) {
		return erase(new Options(body).onlyId());
	}

	private Erased erase(@Nullable String id) {
		if (id == null || id.isEmpty()) {
			throw new BadParameterException("Parameter 'id' is missing; it must be the id of a contact.");
		}
		return this.erasure.erase(id, this.reader::contactId);
	}

}
