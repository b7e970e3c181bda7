package io.pulsehook.alerts;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The configuration under {@code pulsehook.alerts}: where alarms are posted, and which
 * trouble raises one.
 *
 * @param url URL to which alarms are posted. Without it there are none.
 * @param secret Secret that alarms are signed with as Standard Webhooks, 'whsec_' and
 * Base64. Without it they are not signed.
 * @param format What a body looks like.
 * @param chatId Chat that alarms are sent to, for Telegram.
 * @param eventLink Address of an event for people, with '{id}' in the place of its id.
 * @param digest Time over which alarms about what goes on are collected after the first.
 * @param pause Time between two posts at least.
 * @param failingFor Time that a handler may fail at every attempt.
 * @param backlogAge Time that a delivery may wait for its handler.
 * @param silence Time that may pass without any event. Without it, any.
 */
@ConfigurationProperties("pulsehook.alerts")
@Validated
public record AlertSettings(URI url, @Nullable String secret, @DefaultValue("standard") AlertFormat format,
		@Nullable String chatId, @Nullable String eventLink,
		@DefaultValue("1h") @DurationMin(minutes = 1) Duration digest,
		@DefaultValue("1m") @DurationMin(millis = 1) Duration pause,
		@DefaultValue("10m") @DurationMin(millis = 1) Duration failingFor,
		@DefaultValue("15m") @DurationMin(millis = 1) Duration backlogAge,
		@Nullable @DurationMin(millis = 1) Duration silence) {

	private static final Set<String> SCHEMES = Set.of("https", "http");

	/**
	 * Checks what the constraints of single properties cannot express.
	 * @throws IllegalArgumentException if alarms could not be sent; the message names
	 * neither URL nor secret
	 */
	public AlertSettings {
		String scheme = Optional.ofNullable(url).map(URI::getScheme).orElse("");
		if (!SCHEMES.contains(scheme)) {
			throw new IllegalArgumentException("pulsehook.alerts.url must begin with https:// or http://");
		}
		if (format == AlertFormat.TELEGRAM && chatId == null) {
			throw new IllegalArgumentException(
					"pulsehook.alerts.format is telegram, so pulsehook.alerts.chat-id must name the chat to send to");
		}
	}

	/**
	 * Leaves out what may be a secret, because this text can end up in logs.
	 */
	@Override
	public String toString() {
		return "AlertSettings[format=" + this.format + "]";
	}

}
