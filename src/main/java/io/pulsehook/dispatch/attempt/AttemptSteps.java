package io.pulsehook.dispatch.attempt;

import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;

import io.pulsehook.StepStore;
import io.pulsehook.inbox.Deliveries;
import io.pulsehook.inbox.model.DueDelivery;
import io.pulsehook.inbox.model.InboxUnavailableException;

/**
 * Keeps the steps of one attempt in the inbox.
 *
 * @param deliveries tells whether the attempt counts, and has the steps
 * @param delivery the delivery as it was taken
 */
record AttemptSteps(Deliveries deliveries, DueDelivery delivery) implements StepStore {

	@Override
	public Map<String, String> finished() {
		return this.deliveries.steps().of(this.delivery);
	}

	@Override
	public void begin(String name) {
		if (!this.deliveries.isHeld(this.delivery)) {
			throw cancelled(name, "was not run, because another process may have taken the delivery over");
		}
	}

	// An interrupted handler does not wait for the end of an outage. The record is still
	// written, and counts if the attempt does.
	@Override
	public void finish(String name, String result) {
		try {
			if (!this.deliveries.steps().add(this.delivery, name, result).get()) {
				throw cancelled(name,
						"was run, but not recorded, because another process has taken the delivery over or "
								+ "the event was erased");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw cancelled(name, "was run, but the handler was interrupted before it was known to be recorded");
		}
		catch (ExecutionException ex) {
			throw new InboxUnavailableException(
					"The step '%s' of handler '%s' was run, but not recorded.".formatted(name, this.delivery.handler()),
					ex.getCause());
		}
	}

	private CancellationException cancelled(String name, String what) {
		return new CancellationException(
				"The step '%s' of handler '%s' %s.".formatted(name, this.delivery.handler(), what));
	}

}
