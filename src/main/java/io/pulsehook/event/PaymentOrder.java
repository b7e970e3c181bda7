package io.pulsehook.event;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The status of a payment (SendPulse page, Payment webhooks). One comes for every change
 * of an order's status, and they can arrive out of order: compare {@link #updatedAt()},
 * or a paid order falls back to pending.
 *
 * @param id the id of the order
 * @param status the status
 * @param statusCode the status as sent
 * @param totalCost the cost of the order in {@code currency}, {@code null} without a
 * usable number
 * @param rawTotalCost that cost as sent
 * @param currency the currency, as set in the account
 * @param customerName the name of the payer
 * @param service the section of SendPulse that processed the payment
 * @param serviceCode that section as sent
 * @param method the payment system
 * @param methodCode the payment system as sent
 * @param type whether the payment is real
 * @param typeCode that type as sent
 * @param variables the contact's variables
 * @param number the serial number of the payment
 * @param contactId the id of the contact; not a UUID
 * @param updatedAt when the status changed, {@code null} without a usable date
 * @param rawUpdatedAt that date as sent
 * @param createdAt when the user clicked the button to buy, {@code null} without a usable
 * date
 * @param rawCreatedAt that date as sent
 * @param description the description of the product
 * @param timestamp when the webhook was triggered, {@code null} without a usable date
 * @param rawTimestamp that date as sent
 * @param version the version of the webhook
 * @param event the name of the webhook, {@code payment_order} where there is one
 */
public record PaymentOrder(String id, PaymentStatus status, String statusCode, @Nullable BigDecimal totalCost,
		@Nullable String rawTotalCost, @Nullable String currency, @Nullable String customerName, PaymentService service,
		@Nullable String serviceCode, PaymentMethod method, @Nullable String methodCode, PaymentType type,
		@Nullable String typeCode, List<PaymentVariable> variables, @Nullable String number, @Nullable String contactId,
		@Nullable Instant updatedAt, @Nullable String rawUpdatedAt, @Nullable Instant createdAt,
		@Nullable String rawCreatedAt, @Nullable String description, @Nullable Instant timestamp,
		@Nullable String rawTimestamp, @Nullable String version, @Nullable String event) implements Event {

	/**
	 * Whether the payment was completed successfully. It says nothing about whether it
	 * was a test.
	 * @return whether the status is {@link PaymentStatus#COMPLETED}
	 */
	public boolean isPaid() {
		return this.status == PaymentStatus.COMPLETED;
	}

	/**
	 * Whether the payment came to nothing: it was canceled, denied, abandoned, not
	 * received in full, or ended in an error.
	 * @return whether the status says so
	 */
	public boolean isFailed() {
		return switch (this.status) {
			case CANCELED, DENIED, ABANDONED, PARTIALLY_RECEIVED, ERROR -> true;
			default -> false;
		};
	}

	/**
	 * Whether the whole payment was returned to the payer. A part of one leaves it paid,
	 * see {@link PaymentStatus#PARTIALLY_RETURNED}.
	 * @return whether the status is {@link PaymentStatus#RETURNED_BY_SELLER} or
	 * {@link PaymentStatus#RETURNED_BY_PAYMENT_SYSTEM}
	 */
	public boolean isReversed() {
		return this.status == PaymentStatus.RETURNED_BY_SELLER
				|| this.status == PaymentStatus.RETURNED_BY_PAYMENT_SYSTEM;
	}

	/**
	 * Whether the payment is a test, for which nothing should be handed out.
	 * @return whether the type is {@link PaymentType#TEST} or
	 * {@link PaymentType#LIVE_TEST}
	 */
	public boolean isTest() {
		return this.type == PaymentType.TEST || this.type == PaymentType.LIVE_TEST;
	}

	@Override
	public @Nullable Instant occurredAt() {
		return (this.updatedAt != null) ? this.updatedAt : this.timestamp;
	}

}
