package io.pulsehook.api;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import io.pulsehook.inbox.Erased;
import io.pulsehook.inbox.Erasure;
import io.pulsehook.inbox.Inbox;
import io.pulsehook.inbox.InboxUnavailableException;

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

	@ExceptionHandler(InboxUnavailableException.class)
	ResponseEntity<ProblemDetail> unavailable() {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE,
				"The inbox cannot be written, so that the erasure is not complete. Repeat it later.");
		return ResponseEntity.of(problem).header(HttpHeaders.RETRY_AFTER, "10").build();
	}

}
