package io.pulsehook.receive;

import java.nio.ByteBuffer;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.pulsehook.event.Event;
import io.pulsehook.event.FailedDelivery;
import io.pulsehook.event.MessageEvent;
import io.pulsehook.event.PaymentOrder;
import io.pulsehook.inbox.model.NewEvent.Identity;

/**
 * Computes the identity of each element of one body, by which the inbox recognises an
 * element that is sent again. SendPulse itself sends no id of an event.
 */
final class Identities {

	private static final int HASH_LENGTH = 16;

	private static final long MILLIS_PER_SECOND = 1000;

	private static final int NANOS_PER_MILLI = 1_000_000;

	private final String source;

	private final byte[] body;

	private byte @Nullable [] bodyDigest;

	Identities(String source, byte[] body) {
		this.source = source;
		this.body = body;
	}

	/**
	 * Returns the identity of an element. It is computed from the element's bytes if the
	 * event has a date or an id, which tells it from others. Otherwise two events can
	 * have the same bytes, so it is computed from the whole body and the element's
	 * position in it.
	 * @param event the event that was read from the element
	 * @param element its bytes
	 * @param position how many elements come before it
	 * @return the identity
	 */
	Identity of(Event event, byte[] element, int position) {
		return (event.occurredAt() != null || hasId(event)) ? ofElement(event.occurredAt(), element)
				: ofPosition(position);
	}

	private static boolean hasId(Event event) {
		return event instanceof PaymentOrder || (event instanceof MessageEvent message && message.messageId() != null)
				|| (event instanceof FailedDelivery failure && failure.messageId() != null);
	}

	private Identity ofElement(@Nullable Instant date, byte[] element) {
		byte[] digest = new Sha256().add(this.source).add(element).bytes();
		byte[] key = ByteBuffer.allocate(Long.BYTES + HASH_LENGTH)
			.putLong((date != null) ? millis(date) : 0)
			.put(digest, 0, HASH_LENGTH)
			.array();
		return new Identity(key, false);
	}

	// The product may overflow: every date has to give a key, also one so far away that
	// toEpochMilli() would throw.
	private static long millis(Instant date) {
		return date.getEpochSecond() * MILLIS_PER_SECOND + date.getNano() / NANOS_PER_MILLI;
	}

	private Identity ofPosition(int position) {
		byte[] digest = new Sha256().add(this.source).add(bodyDigest()).add(position).bytes();
		return new Identity(ByteBuffer.allocate(HASH_LENGTH).put(digest, 0, HASH_LENGTH).array(), true);
	}

	private byte[] bodyDigest() {
		byte[] digest = this.bodyDigest;
		if (digest == null) {
			digest = new Sha256().add(this.body).bytes();
			this.bodyDigest = digest;
		}
		return digest;
	}

}
