package io.pulsehook.api;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.pulsehook.dispatch.DeliveryStates;
import io.pulsehook.inbox.query.StoredDelivery;
import io.pulsehook.inbox.query.StoredDelivery.FailedAttempt;
import io.pulsehook.inbox.query.StoredDelivery.FormerSuccess;
import io.pulsehook.inbox.query.StoredStep;

/**
 * A delivery as it is shown with its event.
 *
 * @param retriesSpent how many retries of the run are used up
 * @param maxRetries how many its handler has; {@code null} if this process does not have
 * the handler
 * @param answer what another system answered that took the event, or {@code null}
 * @param attempts the attempts that did not succeed
 * @param formerSuccesses the attempts by which former runs succeeded
 * @param burst the events that its handler got together with this one, in their order and
 * this one included; none if it got this one alone
 */
record DeliveryView(String id, String handler, String status, int run, int retriesSpent, @Nullable Integer maxRetries,
		@Nullable Instant dueAt, @Nullable Instant finishedAt, @Nullable String answer, List<FailedAttempt> attempts,
		List<FormerSuccess> formerSuccesses, List<StepView> steps, List<String> burst) {

	static DeliveryView of(StoredDelivery delivery, DeliveryStates.Snapshot states, List<StoredStep> steps) {
		List<StepView> own = steps.stream()
			.filter((step) -> step.handler().equals(delivery.handler()))
			.map(StepView::of)
			.toList();
		return new DeliveryView(delivery.id().toString(), delivery.handler(), states.of(delivery).code(),
				delivery.run(), delivery.retriesSpent(), states.maxRetries(delivery.handler()), delivery.dueAt(),
				delivery.finishedAt(), delivery.answer(), delivery.failures(), delivery.formerSuccesses(), own,
				delivery.burstEvents().stream().map(String::valueOf).toList());
	}

}
