package io.pulsehook.receive;

import io.pulsehook.event.PaymentStatus;

/**
 * Ranks the states of an order by how far the payment has come. SendPulse sends their
 * times in whole seconds, so of two states of the same second the further one counts as
 * the later.
 */
final class OrderStates {

	private OrderStates() {
	}

	/**
	 * The rank of a state.
	 * @param status the state's status
	 * @return 0 for an unknown status, 1 for a payment under way, 2 for one that was
	 * completed, 3 for one that was reversed or failed
	 */
	static int rank(PaymentStatus status) {
		return switch (status) {
			case UNKNOWN -> 0;
			case PROCESSING, PENDING, AWAITING_FUNDS, IN_REVIEW, ON_HOLD -> 1;
			case COMPLETED -> 2;
			case CANCELED, RETURNED_BY_SELLER, RETURNED_BY_PAYMENT_SYSTEM, DENIED, ABANDONED, PARTIALLY_RETURNED,
					PARTIALLY_RECEIVED, ERROR ->
				3;
		};
	}

}
