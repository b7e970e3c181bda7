package io.pulsehook;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says which events a handler wants and how it is run, on its bean method or its class:
 *
 * <pre class="code">
 * &#64;Bean
 * &#64;Handler(filter = { "title=Reserved*", "service=telegram" }, rate = "5/s")
 * EventHandler&lt;FlowWebhook&gt; reserve(Crm crm) {
 * 	return (webhook, delivery) -&gt; crm.reserve(webhook);
 * }
 * </pre>
 *
 * <p>
 * Each attribute is also a property: {@code maxRetries} is
 * {@code pulsehook.handlers.<bean name>.max-retries}, which the operator can set and
 * which precedes the annotation. An attribute that is not given is as
 * {@code pulsehook.defaults.*} says, and otherwise has the default that is named here.
 * Where both a bean method and the class that it returns are annotated, an attribute of
 * the method precedes that of the class.
 *
 * <p>
 * Times are written as in properties: {@code 500ms}, {@code 10s}, {@code 5m}, {@code 1h}.
 * The application does not start with a value that cannot be read or is out of range.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ ElementType.METHOD, ElementType.TYPE })
public @interface Handler {

	/**
	 * Which events of its type the handler receives, each as a key and a pattern such as
	 * {@code title=Reserved*}. A key that is given more than once matches with any of its
	 * patterns; all keys that an event can have must match. In a pattern {@code *} stands
	 * for any characters, and {@code 300..500} for the numbers of a payment's status. The
	 * keys are {@code title}, {@code service}, {@code bot}, {@code source},
	 * {@code status}, {@code test}, {@code comment}, {@code echo} and {@code sent-by}.
	 * The filter replaces that of {@code pulsehook.defaults} as a whole, and is replaced
	 * as a whole by one in the handler's own properties.
	 * @return the filter; all events unless given
	 */
	String[] filter() default {};

	/**
	 * How many deliveries may begin within a time, over all replicas together. Each
	 * attempt counts, retries and replays too.
	 * @return for example {@code 5/s}, {@code 100/10s} or {@code 60/m}, with the units
	 * {@code ms}, {@code s}, {@code m}, {@code h} and {@code d}, {@code 1000/s} at most;
	 * not limited unless given
	 */
	String rate() default "";

	/**
	 * After how many failures in a row, of at least three contacts or payment orders, the
	 * handler rests: then one delivery at a time is tried until one succeeds, and no
	 * retry is spent.
	 * @return the number, 0 for never; 20 unless given
	 */
	int breaker() default -1;

	/**
	 * How long a contact has to be quiet before a burst handler receives what it sent.
	 * @return a time; {@code 10s} unless given
	 */
	String quiet() default "";

	/**
	 * How long a burst handler waits at most after the first event of a burst.
	 * @return a time that is not shorter than {@link #quiet()}; {@code 60s} unless given
	 */
	String maxWait() default "";

	/**
	 * How many events a burst handler receives at once at most.
	 * @return 1 to 1000; 100 unless given
	 */
	int maxEvents() default -1;

	/**
	 * How often a failed delivery is tried again before it is a dead letter.
	 * @return 0 to 1000; 16 unless given
	 */
	int maxRetries() default -1;

	/**
	 * The pause before the first retry.
	 * @return a time; {@code 1s} unless given
	 */
	String delay() default "";

	/**
	 * By how much each pause is longer than the one before.
	 * @return 1 or more; 3 unless given
	 */
	double multiplier() default -1;

	/**
	 * The longest pause.
	 * @return a time that is not shorter than {@link #delay()}; {@code 1h} unless given
	 */
	String maxDelay() default "";

	/**
	 * By how much the first pause varies at random, later ones in proportion.
	 * @return a time; {@code 1s} unless given
	 */
	String jitter() default "";

	/**
	 * The exceptions that are worth a retry, also as a cause.
	 * @return the types; all unless given
	 */
	Class<? extends Throwable>[] includes() default {};

	/**
	 * The exceptions that are not worth a retry, also as a cause: they make a dead letter
	 * at once.
	 * @return the types; none unless given
	 */
	Class<? extends Throwable>[] excludes() default {};

	/**
	 * How long an attempt may take before it is interrupted and has failed.
	 * @return a time; {@code 60s} unless given
	 */
	String timeout() default "";

	/**
	 * How many deliveries run at once in each process.
	 * @return 1 to 256; 8 unless given
	 */
	int concurrency() default -1;

	/**
	 * Whether deliveries of one contact or payment order run one after the other.
	 * @return the order; {@link Ordering#KEY} unless given
	 */
	Ordering ordering() default Ordering.DEFAULT;

	/**
	 * The order in which a handler's deliveries run.
	 */
	enum Ordering {

		/** The order is not given here, but is as the properties say. */
		DEFAULT,

		/** Deliveries of one contact or of one payment order run one after the other. */
		KEY,

		/** Deliveries run in any order. */
		NONE

	}

}
