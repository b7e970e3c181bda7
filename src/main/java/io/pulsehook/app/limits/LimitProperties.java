package io.pulsehook.app.limits;

import java.time.Duration;

import jakarta.validation.constraints.Min;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * What the service bounds of all requests but webhooks.
 *
 * @param requests Most requests of the service besides webhooks and health that may be in
 * progress at once; one more is answered with 503. As many again may be in progress for
 * who has logged in, half as many may be sending their bodies. One for each 4MB of the
 * heap unless it is set, and at most 200, or a quarter of the threads where these are not
 * virtual.
 * @param requestBody Largest body of a request of the service that is not a webhook. A
 * larger one is answered with 413. Where the API receives events it is
 * pulsehook.max-body-size if that is more, in as few places as take a sixteenth of the
 * heap.
 * @param requestTime Time in which a request of the service that is not a webhook must
 * have been answered, and its answer read. Then the connection is closed.
 * @param operatorTime Time in which a request of who has logged in to the service, an
 * export for instance, must have been answered, and its answer read. Then the connection
 * is closed.
 */
@ConfigurationProperties("pulsehook.limits")
@Validated
record LimitProperties(@Nullable @Min(2) Integer requests, @DefaultValue("64KB") DataSize requestBody,
		@DefaultValue("30s") @DurationMin(seconds = 1) Duration requestTime,
		@DefaultValue("10m") @DurationMin(seconds = 1) Duration operatorTime) {

	LimitProperties {
		if (requestBody.toBytes() < 0 || requestBody.toBytes() > Integer.MAX_VALUE / 2) {
			throw new IllegalArgumentException(
					"pulsehook.limits.request-body is " + requestBody + ", but must be between 0B and 1023MB");
		}
	}

}
