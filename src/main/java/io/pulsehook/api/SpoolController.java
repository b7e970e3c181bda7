package io.pulsehook.api;

import java.util.NoSuchElementException;
import java.util.Optional;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import io.pulsehook.inbox.model.Ids;
import io.pulsehook.inbox.spool.Spool;

/**
 * Shows the spool of this process, and what could not be stored from it. It asks nothing
 * of the database.
 */
@RestController
@RequestMapping("/spool")
class SpoolController {

	private final ObjectProvider<Spool> spool;

	SpoolController(ObjectProvider<Spool> spool) {
		this.spool = spool;
	}

	@GetMapping
	SpoolView show() {
		Spool spool = spool();
		return SpoolView.of(spool.status(), spool.oldest(), spool.refused());
	}

	@GetMapping("/refused/{id}")
	ResponseEntity<byte[]> body(@PathVariable String id) {
		Spool spool = spool();
		long known = Ids.parse(id).orElseThrow(() -> unknown(id));
		byte[] body = Optional.ofNullable(spool.refusedBody(known)).orElseThrow(() -> unknown(id));
		return ResponseEntity.ok()
			.contentType(MediaType.APPLICATION_OCTET_STREAM)
			.header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"webhook-" + known + ".json\"")
			.header("X-Content-Type-Options", "nosniff")
			.body(body);
	}

	@PostMapping("/refused/{id}/retry")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void tryAgain(@PathVariable String id) {
		Ids.parse(id).filter(spool()::tryAgain).orElseThrow(() -> unknown(id));
	}

	@DeleteMapping("/refused/{id}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void delete(@PathVariable String id) {
		Ids.parse(id).filter(spool()::delete).orElseThrow(() -> unknown(id));
	}

	private static NoSuchElementException unknown(String id) {
		return new NoSuchElementException("There is no webhook '" + id
				+ "' among those that could not be stored from the spool of this process.");
	}

	private Spool spool() {
		Spool spool = this.spool.getIfAvailable();
		if (spool == null) {
			throw new NoSuchElementException("There is no spool: while the database is away, webhooks are answered "
					+ "with 503. Set pulsehook.spool.directory to have them kept on this machine's disk.");
		}
		return spool;
	}

}
