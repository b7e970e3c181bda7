package io.pulsehook.test;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import io.pulsehook.event.PaymentMethod;
import io.pulsehook.event.PaymentOrder;
import io.pulsehook.event.PaymentService;
import io.pulsehook.event.PaymentStatus;
import io.pulsehook.event.PaymentType;
import io.pulsehook.event.VariableType;

/**
 * Builds the status of a payment: by default a new order that was really paid just now. A
 * code outside SendPulse's tables is set by its field:
 * {@code with("/order/status", 999)}.
 */
public final class PaymentOrderBuilder extends EventBuilder<PaymentOrder, PaymentOrderBuilder> {

	private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx")
		.withZone(ZoneOffset.UTC);

	private final ObjectNode order = Json.object();

	private final ArrayNode variables = this.order.putArray("variables");

	private Instant timestamp = Unique.time();

	PaymentOrderBuilder() {
		super(PaymentOrder.class);
		this.order.put("id", UUID.randomUUID().toString()).put("number", 1);
		this.order.put("customerName", "Veronica").put("description", "A course").put("contactId", Unique.id());
		status(PaymentStatus.COMPLETED).cost("12.50", "EUR").type(PaymentType.ACTUAL);
		service(PaymentService.TELEGRAM).method(PaymentMethod.STRIPE);
		createdAt(this.timestamp).updatedAt(this.timestamp);
	}

	/**
	 * Sets the order. Events of the same order are handled in their order of receipt.
	 * @param id the id of the order; not blank
	 * @return this builder
	 */
	public PaymentOrderBuilder order(String id) {
		this.order.put("id", id);
		return this;
	}

	/**
	 * Sets the serial number of the payment.
	 * @param number the number
	 * @return this builder
	 */
	public PaymentOrderBuilder number(int number) {
		this.order.put("number", number);
		return this;
	}

	/**
	 * Sets the status.
	 * @param status the status, but {@link PaymentStatus#UNKNOWN}, which has no code
	 * @return this builder
	 */
	public PaymentOrderBuilder status(PaymentStatus status) {
		return code("status", status.code());
	}

	/**
	 * Sets whether the payment is real.
	 * @param type the type
	 * @return this builder
	 */
	public PaymentOrderBuilder type(PaymentType type) {
		return code("type", type.code());
	}

	/**
	 * Sets the section of SendPulse that processed the payment.
	 * @param service the section
	 * @return this builder
	 */
	public PaymentOrderBuilder service(PaymentService service) {
		return code("service", service.code());
	}

	/**
	 * Sets the payment system.
	 * @param method the payment system
	 * @return this builder
	 */
	public PaymentOrderBuilder method(PaymentMethod method) {
		return code("paymentMethodType", method.code());
	}

	/**
	 * Sets the cost of the order.
	 * @param amount a decimal number, such as {@code 12.50}
	 * @param currency the currency
	 * @return this builder
	 * @throws NumberFormatException if the amount is no number
	 */
	public PaymentOrderBuilder cost(String amount, String currency) {
		this.order.put("totalCost", new BigDecimal(amount)).put("currency", currency);
		return this;
	}

	/**
	 * Sets the contact who pays.
	 * @param id the id of the contact
	 * @return this builder
	 */
	public PaymentOrderBuilder contact(String id) {
		this.order.put("contactId", id);
		return this;
	}

	/**
	 * Sets the name of the payer.
	 * @param name the name
	 * @return this builder
	 */
	public PaymentOrderBuilder customer(String name) {
		this.order.put("customerName", name);
		return this;
	}

	/**
	 * Sets the description of the product.
	 * @param description the description
	 * @return this builder
	 */
	public PaymentOrderBuilder description(String description) {
		this.order.put("description", description);
		return this;
	}

	/**
	 * Adds a variable of the contact.
	 * @param name its name
	 * @param type its type
	 * @param value its value as text
	 * @return this builder
	 */
	public PaymentOrderBuilder variable(String name, VariableType type, String value) {
		ObjectNode variable = this.variables.addObject().put("name", name).put("value", value);
		variable.set("valueType", Json.number(type.code()));
		return this;
	}

	/**
	 * Sets when the status changed: of two states of an order, the later one counts.
	 * @param time the time, which is sent in whole seconds
	 * @return this builder
	 */
	public PaymentOrderBuilder updatedAt(Instant time) {
		this.order.put("updatedAt", DATE.format(time));
		return this;
	}

	/**
	 * Sets when the user clicked the button to buy.
	 * @param time the time, which is sent in whole seconds
	 * @return this builder
	 */
	public PaymentOrderBuilder createdAt(Instant time) {
		this.order.put("createdAt", DATE.format(time));
		return this;
	}

	/**
	 * Sets when the webhook was triggered.
	 * @param time the time, which is sent in whole seconds
	 * @return this builder
	 */
	public PaymentOrderBuilder timestamp(Instant time) {
		this.timestamp = time;
		return this;
	}

	private PaymentOrderBuilder code(String name, String code) {
		this.order.set(name, Json.number(code));
		return this;
	}

	@Override
	ObjectNode element() {
		ObjectNode element = Json.object()
			.put("timestamp", this.timestamp.getEpochSecond())
			.put("version", "1.0")
			.put("event", "payment_order");
		element.set("order", this.order.deepCopy());
		return element;
	}

}
