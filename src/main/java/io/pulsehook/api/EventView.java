package io.pulsehook.api;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

import io.pulsehook.inbox.query.StoredEvent;

/**
 * An event as lists show it.
 */
record EventView(String id, String source, String kind, String type, @Nullable String title, @Nullable String service,
		@Nullable String bot, @Nullable String contact, String status, Instant occurredAt, Instant receivedAt,
		@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant arrivedAt, int duplicates,
		@Nullable String reason) {

	static EventView of(StoredEvent event) {
		return new EventView(Long.toString(event.id()), event.source(), event.kind().code(), event.type(),
				event.title(), event.service(), event.bot(), event.contact(), event.status().code(), event.occurredAt(),
				event.receivedAt(), event.arrivedAt(), event.duplicates(), event.reason());
	}

}
