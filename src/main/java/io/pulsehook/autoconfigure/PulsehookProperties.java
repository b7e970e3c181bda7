package io.pulsehook.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

import io.pulsehook.dispatch.handler.HandlerSettings;
import io.pulsehook.sendpulse.SendPulseSettings;

/**
 * The configuration under {@code pulsehook}.
 *
 * @param enabled Whether webhooks are received and handled.
 * @param token Token of the source 'default', the last part of the webhook URL. At least
 * 20 letters, digits or any of -._~. Without this and without sources, one is made at
 * first start and kept in the data directory.
 * @param sources Sources of webhooks by their names, each with tokens of its own.
 * @param sendpulse Account of SendPulse that sources without one of their own are
 * answered through.
 * @param database Where events are kept.
 * @param dataDir Directory of the SQLite database and of the generated token.
 * @param allowedAddresses Addresses from which webhooks are received, each an IP address
 * or a range such as 203.0.113.0/24. None means all.
 * @param basePath Path under which webhooks, API and console lie.
 * @param maxBodySize Largest request body that is accepted.
 * @param maxElements Most elements that a request body may have; one with more is refused
 * and none of it kept.
 * @param readTimeout Time in which a request body must have arrived.
 * @param ackTimeout Time that a request waits for its commit before it is answered with
 * 503.
 * @param intakeBuffer Size of all events that may wait for their commit at once. An
 * eighth of the heap unless it is set, 64MB at most, and what one request can take at
 * least.
 * @param bodyBuffer Size of all webhook bodies that may be under way at once, of which
 * what each has beyond 32KB counts. Half as much again is for the first 32KB of those
 * whose senders are slow. A sixteenth of the heap unless it is set.
 * @param spool Where webhooks are kept that PostgreSQL cannot store.
 * @param dedupWindow Time within which two equal elements without a date or an id count
 * as one.
 * @param lease Time after which other replicas take over what a replica was doing that is
 * not heard of any more. Each is heard of six times in it, but not more often than once a
 * second.
 * @param retention Time after which events are deleted that every handler is done with or
 * that none takes.
 * @param deadRetention Time after which events are deleted that are dead or wait for a
 * handler that does not exist; also the counts of what arrived.
 * @param shutdownGrace Time that running handlers have to end at shutdown.
 * @param example Whether a handler that logs what arrives is added when there is no
 * other.
 * @param api The operator's API.
 * @param console The web pages for the operator.
 * @param defaults Settings of all handlers.
 * @param handlers Settings of single handlers by their bean names, in any case and with
 * or without dashes.
 */
@ConfigurationProperties("pulsehook")
@Validated
public record PulsehookProperties(@DefaultValue("true") boolean enabled, @Nullable String token,
		@DefaultValue Map<String, @Valid Source> sources,
		@Nullable @Valid @NestedConfigurationProperty SendPulseSettings sendpulse,
		@DefaultValue("auto") Database database, @DefaultValue("pulsehook-data") Path dataDir,
		@DefaultValue List<String> allowedAddresses,
		@DefaultValue("/pulsehook") @Pattern(regexp = "(/[A-Za-z0-9._~-]+)*",
				message = "must be empty or begin with a slash and not end with one") String basePath,
		@DefaultValue("1MB") DataSize maxBodySize, @DefaultValue("10000") @Min(1) int maxElements,
		@DefaultValue("10s") @DurationMin(millis = 1) Duration readTimeout,
		@DefaultValue("5s") @DurationMin(millis = 1) Duration ackTimeout, @Nullable DataSize intakeBuffer,
		@Nullable DataSize bodyBuffer, @DefaultValue Spool spool,
		@DefaultValue("10m") @DurationMin Duration dedupWindow,
		@DefaultValue("60s") @DurationMin(seconds = 3) Duration lease,
		@DefaultValue("30d") @DurationMin(millis = 1) Duration retention,
		@DefaultValue("90d") @DurationMin(millis = 1) Duration deadRetention,
		@DefaultValue("20s") @DurationMin Duration shutdownGrace, @DefaultValue("false") boolean example,
		@DefaultValue Api api, @DefaultValue Console console,
		@DefaultValue @Valid @NestedConfigurationProperty HandlerSettings defaults,
		@DefaultValue Map<String, @Valid HandlerOverrides> handlers) {

	/**
	 * Checks what the constraints of single properties cannot express.
	 * @throws IllegalArgumentException if a size or a period is unusable
	 */
	public PulsehookProperties {
		if (maxBodySize.toBytes() < 1 || maxBodySize.toBytes() > Integer.MAX_VALUE / 2) {
			throw new IllegalArgumentException(
					"pulsehook.max-body-size is " + maxBodySize + ", but must be between 1B and 1023MB");
		}
		long needed = BufferSizes.leastIntake(maxBodySize, maxElements).toKilobytes();
		if (intakeBuffer != null && intakeBuffer.toKilobytes() < needed) {
			throw new IllegalArgumentException("pulsehook.intake-buffer is " + intakeBuffer
					+ ", but must hold at least one request of pulsehook.max-body-size with pulsehook.max-elements, "
					+ "which takes " + needed + "KB");
		}
		if (bodyBuffer != null && bodyBuffer.compareTo(maxBodySize) < 0) {
			throw new IllegalArgumentException("pulsehook.body-buffer is " + bodyBuffer
					+ ", but must hold at least one body of pulsehook.max-body-size, " + maxBodySize);
		}
		if (spool.maxSize().compareTo(maxBodySize) < 0) {
			throw new IllegalArgumentException("pulsehook.spool.max-size is " + spool.maxSize()
					+ ", but must hold at least one body of pulsehook.max-body-size, " + maxBodySize);
		}
		if (deadRetention.compareTo(retention) < 0) {
			throw new IllegalArgumentException("pulsehook.dead-retention is " + deadRetention
					+ ", but must not be shorter than pulsehook.retention, " + retention);
		}
	}

	/**
	 * Where events are kept.
	 */
	public enum Database {

		/**
		 * In the PostgreSQL database of the application's DataSource, or else in SQLite.
		 */
		AUTO,

		/** In a SQLite file in the data directory, whatever DataSource there is. */
		SQLITE

	}

	/**
	 * A source of webhooks.
	 *
	 * @param tokens Tokens that it may use; several while one replaces another.
	 * @param sendpulse Account of SendPulse that it is answered through.
	 */
	public record Source(@DefaultValue List<String> tokens,
			@Nullable @Valid @NestedConfigurationProperty SendPulseSettings sendpulse) {

		/**
		 * Checks that the source is there for something. An account alone is for a source
		 * whose token is set, or generated, elsewhere.
		 * @return whether there are tokens or an account
		 */
		@AssertTrue(message = "must not be empty, unless the source has an account of SendPulse alone")
		boolean isTokens() {
			return !this.tokens.isEmpty() || this.sendpulse != null;
		}

	}

	/**
	 * The spool.
	 *
	 * @param directory Directory of this process alone where webhooks are kept while
	 * PostgreSQL cannot store them. Without it they are answered with 503 meanwhile.
	 * @param maxSize Size of all webhooks that the spool keeps; then others are answered
	 * with 503.
	 */
	public record Spool(@Nullable Path directory, @DefaultValue("1GB") DataSize maxSize) {

		/**
		 * Takes an empty directory for none, as variables of an environment can be empty.
		 */
		public Spool {
			directory = (directory != null && directory.toString().isEmpty()) ? null : directory;
		}

	}

	/**
	 * The operator's API.
	 *
	 * @param enabled Whether the operator's API is there. In a host application, whose
	 * own security rules then decide who may use it, it is not unless this is set.
	 */
	public record Api(@DefaultValue("false") boolean enabled) {

	}

	/**
	 * The web pages for the operator.
	 *
	 * @param enabled Whether the pages for the operator are there. In a host application,
	 * whose own security rules then decide who may see them, they are not unless this is
	 * set.
	 * @param login Whether the pages for the operator have a login form and a logout, as
	 * in the service. In a host application its own are used.
	 */
	public record Console(@DefaultValue("false") boolean enabled, @DefaultValue("false") boolean login) {

	}

}
