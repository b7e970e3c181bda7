package io.pulsehook.inbox.write;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.pulsehook.inbox.model.NewEvent;

/**
 * Stores the elements of one request.
 *
 * @param received the elements in their order
 * @param dedupWindow how long two equal elements that nothing else tells apart count as
 * one
 * @param trace the trace context that their deliveries go on with, or {@code null}
 */
public record IntakeWrite(List<NewEvent> received, Duration dedupWindow,
		@Nullable String trace) implements Write<Intake> {

	@Override
	public Intake apply(Transaction transaction) {
		Intake intake = new Intake(transaction.subscriptions().asAllKnow(this.received), this.dedupWindow, this.trace);
		transaction.store(intake);
		return intake;
	}

	@Override
	public boolean batched() {
		return true;
	}

	@Override
	public boolean mayPrecedeTurn() {
		return true;
	}

}
