package io.pulsehook.alerts;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A trouble that is told to the operator. It consists of figures and names only: the text
 * of an event, the message of an exception or a token could be a secret. What another
 * system did is said in words without data.
 *
 * @param kind what is wrong
 * @param handler the handler that has the trouble, the account if it is about a login,
 * the reconciliation if it is about what that found, the machine if it is about its
 * spool, or {@code null}
 * @param type the type of the event, or {@code null}
 * @param eventId the event, or {@code null}
 * @param error the class of the last exception, or what another system answered, or
 * {@code null}
 * @param since when it began
 * @param count how many deliveries or attempts are affected, at least; 0 if none are or
 * they could not be counted
 * @param kept how many webhooks of an outage the spool has kept, or {@code null} if there
 * is no spool
 */
record Alarm(Kind kind, @Nullable String handler, @Nullable String type, @Nullable Long eventId, @Nullable String error,
		Instant since, long count, @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long kept) {

	private Alarm(Kind kind, @Nullable String handler, @Nullable String type, @Nullable Long eventId,
			@Nullable String error, Instant since, long count) {
		this(kind, handler, type, eventId, error, since, count, null);
	}

	static Alarm dead(String handler, String type, long eventId, @Nullable String error, Instant at) {
		return new Alarm(Kind.DEAD, handler, type, eventId, error, at, 1);
	}

	static Alarm failing(String handler, @Nullable String error, Instant since, long attempts) {
		return new Alarm(Kind.FAILING, handler, null, null, error, since, attempts);
	}

	static Alarm backlog(String handler, Instant since, long waiting) {
		return new Alarm(Kind.BACKLOG, handler, null, null, null, since, waiting);
	}

	static Alarm resting(String handler, String reason, Instant since, long waiting) {
		return new Alarm(Kind.RESTING, handler, null, null, reason, since, waiting);
	}

	static Alarm recovered(String handler, Instant since, long waiting) {
		return new Alarm(Kind.RECOVERED, handler, null, null, null, since, waiting);
	}

	static Alarm gone(String handler, Instant since, long waiting) {
		return new Alarm(Kind.GONE, handler, null, null, null, since, waiting);
	}

	static Alarm silence(Instant since) {
		return new Alarm(Kind.SILENCE, null, null, null, null, since, 0);
	}

	static Alarm login(String account, Instant since) {
		return new Alarm(Kind.LOGIN, account, null, null, null, since, 0);
	}

	static Alarm missing(long reconciliation, Instant since, long messages) {
		return new Alarm(Kind.MISSING, Long.toString(reconciliation), null, null, null, since, messages);
	}

	static Alarm spool(String machine, Instant since, long webhooks) {
		return new Alarm(Kind.SPOOL, machine, null, null, null, since, webhooks);
	}

	static Alarm outage(Instant since, @Nullable Long kept) {
		return new Alarm(Kind.OUTAGE, null, null, null, null, since, 0, kept);
	}

	/**
	 * Returns the subject of the alarm. Alarms of one subject are told together.
	 */
	Subject subject() {
		return new Subject(this.kind, this.handler);
	}

	/**
	 * Tells whether the alarm is about the state of a handler, or a reconciliation. All
	 * processes know when that began, also after they were started again.
	 */
	boolean isOfState() {
		return this.kind == Kind.MISSING || this.kind == Kind.RESTING || this.kind == Kind.RECOVERED
				|| this.kind == Kind.GONE;
	}

	/**
	 * Merges the alarm with an earlier one of the same subject. Dead letters add up; of
	 * any other kind the latest figures count.
	 */
	Alarm after(Alarm earlier) {
		if (this.kind != Kind.DEAD) {
			return this;
		}
		return new Alarm(this.kind, this.handler, this.type, this.eventId, this.error, earlier.since(),
				earlier.count() + this.count);
	}

	/**
	 * Says in one or two sentences what is wrong.
	 */
	String text() {
		return switch (this.kind) {
			case DEAD ->
				(this.count == 1) ? "Handler '%s' gave up on %s. It is a dead letter.".formatted(this.handler, last())
						: "Handler '%s' gave up on %d deliveries since %s, the last one %s. They are dead letters."
							.formatted(this.handler, this.count, time(), last());
			case FAILING ->
				"Handler '%s' has succeeded with nothing since %s: %d attempts failed, the last one with %s."
					.formatted(this.handler, time(), this.count, this.error);
			case BACKLOG ->
				"The oldest delivery for handler '%s' has been waiting since %s.".formatted(this.handler, time())
						+ ((this.count != 0) ? " Unfinished are %d.".formatted(this.count) : "");
			case RESTING ->
				("Handler '%s' has been resting since %s, the last attempt failed with %s. It tries one delivery "
						+ "at a time until one succeeds. No retry is spent meanwhile; unfinished are %d.")
					.formatted(this.handler, time(), this.error, this.count);
			case RECOVERED -> "Handler '%s' goes on. It had been resting since %s; unfinished are %d."
				.formatted(this.handler, time(), this.count);
			case GONE ->
				("Handler '%s' was paused at %s: what it passes events on to answered 410 Gone and asks to be sent "
						+ "nothing more. Its events are kept; unfinished are %d. Set its address right and resume it, or "
						+ "remove it.")
					.formatted(this.handler, time(), this.count);
			case SILENCE -> "No event has been received since %s.".formatted(time());
			case LOGIN -> ("SendPulse has been refusing the login of the account %s since %s. Nobody is answered "
					+ "through it until its client-id and client-secret, or its api-key, are set right.")
				.formatted(this.handler, time());
			case MISSING -> ("%s that SendPulse did not send: reconciliation %s found them at %s. Look at them in the "
					+ "console, or at /api/reconciliations/%s, and store them there.")
				.formatted((this.count == 1) ? "1 message" : this.count + " messages", this.handler, time(),
						this.handler);
			case SPOOL ->
				("%s in the spool of %s could not be stored, although the database can be written. Nothing is "
						+ "lost. Look under Spool in the console of that machine, or at its /api/spool, and try again or "
						+ "delete.")
					.formatted(webhooks(this.count), this.handler);
			case OUTAGE -> (this.kept != null)
					? ("The database could not be written from %s on; webhooks were kept in the spool. It works again, "
							+ "and stores what was kept: %s.")
						.formatted(time(), webhooks(this.kept))
					: "Nothing could be stored from %s on; webhooks were answered with 503. It works again."
						.formatted(time());
		};
	}

	private static String webhooks(long count) {
		return (count == 1) ? "1 webhook" : count + " webhooks";
	}

	private String last() {
		return "event %d (%s, %s)".formatted(this.eventId, this.type, this.error);
	}

	private Instant time() {
		return this.since.truncatedTo(ChronoUnit.SECONDS);
	}

	/**
	 * The kinds of trouble.
	 */
	enum Kind {

		/** A delivery went dead. */
		DEAD,

		/** A handler fails at every attempt. */
		FAILING,

		/** Deliveries wait for too long. */
		BACKLOG,

		/** A handler rests, since it or what it needs does not work. */
		RESTING,

		/** A handler that has rested goes on. */
		RECOVERED,

		/** A handler is paused, since the other system asked to be sent nothing more. */
		GONE,

		/** Nothing arrives. */
		SILENCE,

		/** SendPulse refuses the login of an account. */
		LOGIN,

		/** A reconciliation found messages that SendPulse did not send. */
		MISSING,

		/** The spool has webhooks that could not be stored. */
		SPOOL,

		/** Nothing could be stored. */
		OUTAGE;

		String code() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

	/**
	 * The subject of an alarm.
	 *
	 * @param kind what is wrong
	 * @param handler the handler that has the trouble, or {@code null}
	 */
	record Subject(Kind kind, @Nullable String handler) {

	}

}
