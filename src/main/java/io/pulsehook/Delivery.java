package io.pulsehook;

import java.time.Instant;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import org.springframework.util.function.SingletonSupplier;

/**
 * One event on its way to one handler. Tests make their own with
 * {@link #of(String, String)}, or with {@link #builder(String)} where more than the event
 * matters:
 *
 * <pre class="code">
 * handler.handle(Events.read(json, PaymentOrder.class), Delivery.of("grantAccess", json));
 * </pre>
 */
public final class Delivery {

	private final String id;

	private final String handler;

	private final int attempt;

	private final int run;

	private final boolean lastAttempt;

	private final Instant receivedAt;

	private final String source;

	private final SingletonSupplier<String> raw;

	private final BooleanSupplier superseded;

	private Delivery(Builder builder) {
		this.id = builder.id;
		this.handler = builder.handler;
		this.attempt = builder.attempt;
		this.run = builder.run;
		this.lastAttempt = builder.lastAttempt;
		this.receivedAt = builder.receivedAt;
		this.source = builder.source;
		this.raw = SingletonSupplier.of(builder.raw);
		this.superseded = builder.superseded;
	}

	/**
	 * A delivery of an event as a handler gets it the first time: attempt 1 of run 1,
	 * received now from the source {@code default}.
	 * @param handler the handler's bean name
	 * @param json the event as SendPulse posts it, alone or as an array of just itself
	 * @return the delivery, whose {@link #raw()} is the event alone
	 * @throws IllegalArgumentException if the JSON is an array of no event or of several
	 */
	public static Delivery of(String handler, String json) {
		return builder(handler).raw(json).build();
	}

	/**
	 * Starts to build a delivery. Everything has a default: attempt 1 of run 1, received
	 * now from the source {@code default}.
	 * @param handler the handler's bean name
	 * @return the builder
	 */
	public static Builder builder(String handler) {
		return new Builder(handler);
	}

	/**
	 * The id of this delivery, which stays the same over all retries and replays and
	 * differs from that of any other delivery. Use it as the idempotency key in calls to
	 * other systems.
	 * @return letters, digits, hyphens and the handler's name
	 */
	public String id() {
		return this.id;
	}

	/**
	 * The handler it goes to.
	 * @return the bean name
	 */
	public String handler() {
		return this.handler;
	}

	/**
	 * The number of this attempt within its run.
	 * @return 1 for the first
	 */
	public int attempt() {
		return this.attempt;
	}

	/**
	 * Whether no retry is left, so that the delivery becomes a dead letter if this
	 * attempt fails. A handler can then fall back on something simpler, or tell somebody.
	 * There is one exception: a failure can be put off without spending a retry, for
	 * example while the handler rests, and the next attempt is then the last one as well.
	 *
	 * <p>
	 * An attempt that is not the last one makes a dead letter too if it throws an
	 * {@link UnrecoverableEventException} or an exception that is not worth a retry.
	 * @return {@code true} if all retries are spent
	 */
	public boolean isLastAttempt() {
		return this.lastAttempt;
	}

	/**
	 * The number of this run: each replay is a new one.
	 * @return 1 for the first
	 */
	public int run() {
		return this.run;
	}

	/**
	 * Whether somebody asked for the event to be handled again.
	 * @return {@code true} from the second run on
	 */
	public boolean isReplay() {
		return this.run > 1;
	}

	/**
	 * When the event was received.
	 * @return the time at which it was stored
	 */
	public Instant receivedAt() {
		return this.receivedAt;
	}

	/**
	 * Where it came from.
	 * @return the name of the source whose token the webhook carried
	 */
	public String source() {
		return this.source;
	}

	/**
	 * The event as SendPulse sent it.
	 * @return its JSON; bytes that are no UTF-8 are replaced
	 */
	public String raw() {
		return this.raw.obtain();
	}

	/**
	 * Whether a later state of the same payment order has been received by now. States
	 * can arrive out of order, and a paid order must never fall back to pending. Of two
	 * states, the one with the later time of update is later. If the times are the same,
	 * it is the one that is further: an unknown status comes first, then a payment under
	 * way, then a completed one, and last one that was reversed or failed. If both are
	 * equally far, it is the one received later.
	 *
	 * <p>
	 * Each call asks the database, so that the answer can change while the handler works.
	 * @return {@code false} for anything but a payment
	 * @throws org.springframework.dao.DataAccessException if the database cannot be read;
	 * a handler that lets it through is tried again later
	 */
	public boolean superseded() {
		return this.superseded.getAsBoolean();
	}

	@Override
	public String toString() {
		return "Delivery " + this.id + " (attempt " + this.attempt + " of run " + this.run + ")";
	}

	/**
	 * Builds a delivery.
	 */
	public static final class Builder {

		private final String handler;

		private String id;

		private int attempt = 1;

		private int run = 1;

		private boolean lastAttempt;

		private Instant receivedAt = Instant.now();

		private String source = "default";

		private Supplier<String> raw = () -> "{}";

		private BooleanSupplier superseded = () -> false;

		private Builder(String handler) {
			this.handler = handler;
			this.id = "test-1-" + handler;
		}

		/**
		 * Sets the id.
		 * @param id the idempotency key
		 * @return this builder
		 */
		public Builder id(String id) {
			this.id = id;
			return this;
		}

		/**
		 * Sets the number of the attempt.
		 * @param attempt 1 for the first
		 * @return this builder
		 */
		public Builder attempt(int attempt) {
			this.attempt = attempt;
			return this;
		}

		/**
		 * Sets the number of the run.
		 * @param run 1 for the first, more for a replay
		 * @return this builder
		 */
		public Builder run(int run) {
			this.run = run;
			return this;
		}

		/**
		 * Sets whether no retry is left.
		 * @param lastAttempt the answer of {@link Delivery#isLastAttempt()},
		 * {@code false} unless it is set
		 * @return this builder
		 */
		public Builder lastAttempt(boolean lastAttempt) {
			this.lastAttempt = lastAttempt;
			return this;
		}

		/**
		 * Sets the time of receipt.
		 * @param receivedAt the time
		 * @return this builder
		 */
		public Builder receivedAt(Instant receivedAt) {
			this.receivedAt = receivedAt;
			return this;
		}

		/**
		 * Sets the source.
		 * @param source its name
		 * @return this builder
		 */
		public Builder source(String source) {
			this.source = source;
			return this;
		}

		/**
		 * Sets the event as it was sent.
		 * @param raw its JSON, alone or as an array of just itself.
		 * {@link Delivery#raw()} returns the event without the array, as in production,
		 * and returns a text that is not JSON unchanged
		 * @return this builder
		 * @throws IllegalArgumentException if the JSON is an array of no event or of
		 * several
		 */
		public Builder raw(String raw) {
			String element = Events.elementOrBroken(raw);
			return raw(() -> element);
		}

		/**
		 * Sets the supplier of the event as it was sent.
		 * @param raw is called once, at the first call of {@link Delivery#raw()}
		 * @return this builder
		 */
		public Builder raw(Supplier<String> raw) {
			this.raw = raw;
			return this;
		}

		/**
		 * Sets the answer of {@link Delivery#superseded()}.
		 * @param superseded asked at each call
		 * @return this builder
		 */
		public Builder superseded(BooleanSupplier superseded) {
			this.superseded = superseded;
			return this;
		}

		/**
		 * Builds the delivery.
		 * @return the delivery
		 */
		public Delivery build() {
			return new Delivery(this);
		}

	}

}
