package io.pulsehook.reconcile;

import java.time.Duration;

import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * When reconciliations begin by themselves, and how far they look back.
 *
 * @param reconcile Time between two reconciliations, which find the messages that
 * SendPulse has and never sent. None begins by itself unless it is set.
 * @param window How far a reconciliation looks back, at most as far as events are kept.
 * One that begins by itself looks back to the last one only.
 */
@ConfigurationProperties("pulsehook.sendpulse")
@Validated
public record ReconcileSettings(@Nullable @DurationMin(minutes = 1) Duration reconcile,
		@DefaultValue("24h") @DurationMin(minutes = 15) Duration window) {

}
