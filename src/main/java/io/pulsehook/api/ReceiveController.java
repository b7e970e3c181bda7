package io.pulsehook.api;

import java.io.IOException;
import java.io.InputStream;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import io.pulsehook.inbox.model.Receipt;
import io.pulsehook.receive.ReceiveException;
import io.pulsehook.receive.ReceiveSettings;
import io.pulsehook.receive.Receiver;
import io.pulsehook.receive.Sources;

/**
 * Receives events from programs that log in, in the form in which SendPulse posts them to
 * the secret URL.
 */
@RestController
@RequestMapping("/events")
class ReceiveController {

	private final Receiver receiver;

	private final Sources sources;

	private final int maxBytes;

	ReceiveController(Receiver receiver, Sources sources, ReceiveSettings settings) {
		this.receiver = receiver;
		this.sources = sources;
		this.maxBytes = Math.toIntExact(settings.maxBodySize().toBytes());
	}

	@PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
	Receipt receive(@RequestParam(required = false) @Nullable String source, InputStream body) throws IOException {
		String known = known(source);
		byte[] bytes = body.readNBytes(this.maxBytes + 1);
		if (bytes.length > this.maxBytes) {
			throw ReceiveException.tooManyBytes(this.maxBytes);
		}
		return this.receiver.receive(known, bytes);
	}

	private String known(@Nullable String source) {
		Set<String> names = this.sources.names();
		if (source == null && names.size() == 1) {
			return names.iterator().next();
		}
		if (source == null) {
			throw new BadParameterException(
					"Parameter 'source' is missing. It says whose the events are, and must be one of " + names + ".");
		}
		if (!names.contains(source)) {
			throw new BadParameterException("source", source, "one of " + names);
		}
		return source;
	}

}
