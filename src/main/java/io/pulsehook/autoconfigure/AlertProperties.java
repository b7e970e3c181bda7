package io.pulsehook.autoconfigure;

import java.net.URI;
import java.time.Duration;

import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

import io.pulsehook.alerts.AlertFormat;
import io.pulsehook.alerts.AlertSettings;

/**
 * The configuration under {@code pulsehook.alerts}.
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
public record AlertProperties(@Nullable URI url, @Nullable String secret, @DefaultValue("standard") AlertFormat format,
		@Nullable String chatId, @Nullable String eventLink,
		@DefaultValue("1h") @DurationMin(minutes = 1) Duration digest,
		@DefaultValue("1m") @DurationMin(millis = 1) Duration pause,
		@DefaultValue("10m") @DurationMin(millis = 1) Duration failingFor,
		@DefaultValue("15m") @DurationMin(millis = 1) Duration backlogAge,
		@Nullable @DurationMin(millis = 1) Duration silence) {

	/**
	 * Checks what no constraint can say.
	 * @throws IllegalArgumentException if alarms could not be sent; the message names
	 * neither URL nor secret
	 */
	public AlertProperties {
		if (url != null && !("https".equals(url.getScheme()) || "http".equals(url.getScheme()))) {
			throw new IllegalArgumentException("pulsehook.alerts.url must begin with https:// or http://");
		}
		if (url != null && format == AlertFormat.TELEGRAM && chatId == null) {
			throw new IllegalArgumentException(
					"pulsehook.alerts.format is telegram, so pulsehook.alerts.chat-id must name the chat to send to");
		}
	}

	AlertSettings settings(URI url) {
		return new AlertSettings(url, this.secret, this.format, this.chatId, this.eventLink, this.digest, this.pause,
				this.failingFor, this.backlogAge, this.silence);
	}

	/**
	 * Leaves out what may be a secret, as this is what ends up in logs.
	 */
	@Override
	public String toString() {
		return "AlertProperties[format=" + this.format + "]";
	}

}
