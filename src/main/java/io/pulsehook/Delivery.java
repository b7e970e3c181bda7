package io.pulsehook;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.task.TaskCallback;
import org.springframework.util.function.SingletonSupplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

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

	private final Instant arrivedAt;

	private final String source;

	private final SingletonSupplier<String> raw;

	private final BooleanSupplier superseded;

	private final Steps steps;

	private Delivery(Builder builder) {
		this.id = builder.id;
		this.handler = builder.handler;
		this.attempt = builder.attempt;
		this.run = builder.run;
		this.lastAttempt = builder.lastAttempt;
		this.receivedAt = builder.receivedAt;
		this.arrivedAt = (builder.arrivedAt != null) ? builder.arrivedAt : builder.receivedAt;
		this.source = builder.source;
		this.raw = SingletonSupplier.of(builder.raw);
		this.superseded = builder.superseded;
		this.steps = new Steps(builder.handler, (builder.steps != null) ? builder.steps : new StepMap(new HashMap<>()));
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
	 * When the webhook arrived. That is earlier than {@link #receivedAt()} if the event
	 * was kept in the spool first, because the database was away.
	 * @return the time of its arrival, which is the time of receipt without a spool
	 */
	public Instant arrivedAt() {
		return this.arrivedAt;
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

	/**
	 * Does a step once, whatever the number of attempts: when it has returned, it is
	 * recorded, and later attempts of the same run skip it. What threw an exception is
	 * done again by the next attempt, and so is a step whose record a crash has
	 * prevented: it can have been done by then, so that what must never happen twice
	 * still needs {@link #id()} as its key. A replay begins afresh.
	 *
	 * <p>
	 * A step can have steps within it, whose names are told from others by its own. The
	 * record waits through an outage of the database, until the handler's timeout.
	 * @param <X> what the step may throw; the compiler finds it
	 * @param name the step's name, which tells it from the other steps of this handler
	 * @param step what is to be done once
	 * @throws X if the step throws it
	 * @throws IllegalArgumentException if the name is blank, has control characters, or
	 * has more than 200 characters together with those of the steps around it
	 * @throws IllegalStateException without running the step, if the name was used in
	 * this attempt already, if the caller is in a transaction, whose rollback would undo
	 * what is recorded as done, or if the thread is not the handler's
	 * @throws CancellationException if the event has been erased, another process has
	 * taken the delivery over, or the handler was interrupted meanwhile. Nothing is
	 * recorded unless the interrupted attempt still counts. A handler lets it through:
	 * the outcome of an attempt that does not count is refused, whatever it is
	 * @throws org.springframework.dao.DataAccessException if the database cannot be read
	 * at the first step of an attempt; a handler that lets it through is tried again
	 */
	public <X extends Exception> void once(String name, Step<X> step) throws X {
		this.steps.once(name, JsonNode.class, () -> {
			step.run();
			return NullNode.getInstance();
		});
	}

	/**
	 * Does a step once, as {@link #once(String, Step)} does, and returns its result in
	 * later attempts too. It is read from JSON in all attempts, so that none gets another
	 * object than the others.
	 *
	 * <pre class="code">
	 * Receipt receipt = delivery.once("charge", Receipt.class, () -&gt; bank.charge(order));
	 * </pre>
	 * @param <T> the type of the result
	 * @param <X> what the step may throw; the compiler finds it
	 * @param name the step's name, which tells it from the other steps of this handler
	 * @param type the type to write the result as JSON and read it again; a newer version
	 * of it has to read what an older one wrote
	 * @param step what is to be done once
	 * @return what the step returned, {@code null} too
	 * @throws X if the step throws it
	 * @throws UnrecoverableEventException if the step is done but its result cannot be
	 * kept, since it is no JSON of this type or more than 64 KB of it: other attempts
	 * would do the step again
	 * @throws IllegalStateException if the type cannot read what an earlier attempt has
	 * recorded, and for the reasons that {@link #once(String, Step)} has
	 */
	public <T extends @Nullable Object, X extends Exception> T once(String name, Class<T> type, TaskCallback<T, X> step)
			throws X {
		return this.steps.once(name, type, step);
	}

	/**
	 * Does a step once, as {@link #once(String, Class, TaskCallback)} does, whose result
	 * has a generic type, such as a list of ids.
	 * @param <T> the type of the result
	 * @param <X> what the step may throw; the compiler finds it
	 * @param name the step's name, which tells it from the other steps of this handler
	 * @param type the type to write the result as JSON and read it again
	 * @param step what is to be done once
	 * @return what the step returned, {@code null} too
	 * @throws X if the step throws it
	 * @throws UnrecoverableEventException if the result cannot be kept, as
	 * {@link #once(String, Class, TaskCallback)} says
	 * @throws IllegalStateException for the reasons that it has as well
	 */
	public <T extends @Nullable Object, X extends Exception> T once(String name, ParameterizedTypeReference<T> type,
			TaskCallback<T, X> step) throws X {
		return this.steps.once(name, type.getType(), step);
	}

	/**
	 * Sends something once, as {@link #once(String, Class, TaskCallback)} does a step.
	 * This is for clients of other systems, {@link io.pulsehook.sendpulse.SendPulse} is
	 * one, whose callers give no names to what they send. It differs in two ways:
	 * <ul>
	 * <li>Its name is the operation and a number: 1 for the first time that the operation
	 * is begun in an attempt, 2 for the second, and so on. What lies within a step is
	 * counted there alone, so that a step which is skipped shifts no number. A handler
	 * therefore sends in the same order in each attempt.</li>
	 * <li>It may be called within a transaction of the host: what was sent cannot be
	 * rolled back, and stays recorded when the transaction is.</li>
	 * </ul>
	 * @param <T> the type of the result
	 * @param <X> what the step may throw; the compiler finds it
	 * @param operation what is sent, and to whom if there are several
	 * @param type the type to write the result as JSON and read it again
	 * @param step sends
	 * @return what the step returned, {@code null} too
	 * @throws X if the step throws it
	 * @throws UnrecoverableEventException if the result cannot be kept, as
	 * {@link #once(String, Class, TaskCallback)} says
	 * @throws IllegalArgumentException if the operation is blank, has control characters,
	 * or makes a name of more than 200 characters together with those of the steps around
	 * it
	 * @throws IllegalStateException if the thread is not the handler's, or the type
	 * cannot read what an earlier attempt has recorded
	 * @throws CancellationException if the attempt does not count any more, as
	 * {@link #once(String, Step)} says
	 */
	public <T extends @Nullable Object, X extends Exception> T sendOnce(String operation, Class<T> type,
			TaskCallback<T, X> step) throws X {
		return this.steps.sendOnce(operation, type, step);
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

		private @Nullable Instant arrivedAt;

		private String source = "default";

		private Supplier<String> raw = () -> "{}";

		private BooleanSupplier superseded = () -> false;

		private @Nullable StepStore steps;

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
		 * Sets the time of arrival.
		 * @param arrivedAt the time, which is the time of receipt unless it is set
		 * @return this builder
		 */
		public Builder arrivedAt(Instant arrivedAt) {
			this.arrivedAt = arrivedAt;
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
		 * Sets the steps that earlier attempts have finished. A test gives the same map
		 * to the deliveries of several attempts, and finds in it which steps were done.
		 * @param finished the results as JSON, {@code null} as well, by the names of
		 * their steps; a step that is done is added
		 * @return this builder
		 */
		public Builder steps(Map<String, String> finished) {
			return steps(new StepMap(finished));
		}

		/**
		 * Sets where steps are kept.
		 * @param steps keeps them for this delivery and run
		 * @return this builder
		 */
		public Builder steps(StepStore steps) {
			this.steps = steps;
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
