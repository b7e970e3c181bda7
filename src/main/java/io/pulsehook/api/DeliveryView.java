package io.pulsehook.api;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.pulsehook.inbox.model.DeliveryStatus;
import io.pulsehook.inbox.query.StoredDelivery;
import io.pulsehook.inbox.query.StoredDelivery.FailedAttempt;

/**
 * A delivery as it is shown with its event.
 */
record DeliveryView(String id, String handler, String status, int run, @Nullable Instant dueAt,
		@Nullable Instant finishedAt, List<FailedAttempt> attempts) {

	static DeliveryView of(StoredDelivery delivery, DeliveryStatus status) {
		return new DeliveryView(delivery.id().toString(), delivery.handler(), status.code(), delivery.run(),
				delivery.dueAt(), delivery.finishedAt(), delivery.failures());
	}

}
