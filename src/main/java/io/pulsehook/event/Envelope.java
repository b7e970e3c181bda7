package io.pulsehook.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.NotBlank;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.annotation.JsonDeserialize;

/**
 * An element as it is on the wire, before its shape is known.
 */
record Envelope(@NotBlank(message = Envelope.TITLE) @Nullable String title, @Nullable String service, @Nullable Bot bot,
		@Nullable WireContact contact, @JsonDeserialize(using = RawText.class) @Nullable String date,
		@Nullable JsonNode info, @Nullable JsonNode message,
		@JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) @Nullable List<@Nullable Order> order,
		@JsonDeserialize(using = RawText.class) @Nullable String timestamp,
		@JsonDeserialize(using = RawText.class) @Nullable String version,
		@JsonDeserialize(using = RawText.class) @Nullable String event,
		@JsonDeserialize(using = RawText.class) @JsonProperty("task_id") @Nullable String taskId) {

	static final String TITLE = "'title' must be there and not be blank";

	/**
	 * Checks the constraint of a chatbot event. This is done directly, because a
	 * validator would take a good part of the time that the binding of an event takes.
	 * @return the messages of the constraints that are violated, normally none
	 */
	List<String> violations() {
		return isBlank(this.title) ? List.of(TITLE) : List.of();
	}

	private static boolean isBlank(@Nullable String text) {
		return text == null || text.isBlank();
	}

	boolean isPayment() {
		return this.title == null && (this.order != null || "payment_order".equals(this.event));
	}

	boolean looksLikeEmail() {
		return this.title == null && this.event != null && (this.timestamp != null || this.taskId != null);
	}

	/**
	 * The orders of a payment; SendPulse's page calls {@code order} an array, but its
	 * example is an object.
	 * @return the orders, normally one
	 */
	List<Order> orders() {
		return (this.order != null) ? this.order.stream().filter(Objects::nonNull).toList() : List.of();
	}

	ChatbotEvent toChatbotEvent(String title) {
		ChatbotDetails details = details(title);
		return switch (details.eventTitle()) {
			case NEW_SUBSCRIBER -> new NewSubscriber(details);
			case RUN_CUSTOM_FLOW -> new CustomFlowRun(details);
			case OPEN_CHAT -> new OpenChat(details);
			case LINK_CLICK -> new LinkClick(details);
			case BOT_BLOCK -> new BotBlock(details);
			case UNSUBSCRIBE -> new Unsubscribe(details);
			case OUTGOING_MESSAGE -> new OutgoingMessage(details);
			case INCOMING_MESSAGE -> new IncomingMessage(details);
			case FAILED_DELIVERY -> new FailedDelivery(details);
			case OTHER -> new FlowWebhook(details);
		};
	}

	private ChatbotDetails details(String title) {
		String serviceCode = serviceCode();
		return new ChatbotDetails(title, EventTitle.of(title), Channel.of(serviceCode), serviceCode, this.bot,
				(this.contact != null) ? this.contact.toContact() : null, EventDates.ofNumber(this.date), this.date,
				orNull(this.info), orNull(this.message));
	}

	private static @Nullable JsonNode orNull(@Nullable JsonNode node) {
		return (node != null && !node.isNull()) ? node : null;
	}

	private @Nullable String serviceCode() {
		if (this.service != null && !this.service.isBlank()) {
			return this.service;
		}
		String channel = (this.bot != null) ? this.bot.channel() : null;
		return (channel != null) ? channel.toLowerCase(Locale.ROOT) : null;
	}

	PaymentOrder toPaymentOrder(Order order) {
		return new PaymentOrder(Objects.requireNonNull(order.id), PaymentStatus.of(order.status),
				Objects.requireNonNull(order.status), Numbers.of(order.totalCost), order.totalCost, order.currency,
				order.customerName, PaymentService.of(order.service), order.service,
				PaymentMethod.of(order.paymentMethodType), order.paymentMethodType, PaymentType.of(order.type),
				order.type, PaymentVariable.listOf(order.variables), order.number, order.contactId,
				EventDates.ofText(order.updatedAt), order.updatedAt, EventDates.ofText(order.createdAt),
				order.createdAt, order.description, EventDates.ofNumber(this.timestamp), this.timestamp, this.version,
				this.event);
	}

	/**
	 * The order of a payment as it is on the wire.
	 */
	record Order(@NotBlank(message = Order.ID) @Nullable String id,
			@NotBlank(message = Order.STATUS) @Nullable String status,
			@JsonDeserialize(using = RawText.class) @Nullable String totalCost, @Nullable String currency,
			@Nullable String customerName, @Nullable String service, @Nullable String paymentMethodType,
			@Nullable JsonNode variables, @Nullable String number, @Nullable String contactId,
			@JsonDeserialize(using = RawText.class) @Nullable String updatedAt,
			@JsonDeserialize(using = RawText.class) @Nullable String createdAt, @Nullable String type,
			@Nullable String description) {

		static final String ID = "'order.id' must be there and not be blank";

		static final String STATUS = "'order.status' must be there and not be blank";

		/**
		 * Checks the constraints of a payment, as {@link Envelope#violations()} does for
		 * chatbot events.
		 */
		List<String> violations() {
			List<String> violations = new ArrayList<>();
			if (isBlank(this.id)) {
				violations.add(ID);
			}
			if (isBlank(this.status)) {
				violations.add(STATUS);
			}
			return violations;
		}

	}

}
