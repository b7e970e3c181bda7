package io.pulsehook.observe;

import java.time.Instant;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import io.pulsehook.inbox.model.Outage;
import io.pulsehook.inbox.spool.SpoolStatus;

/**
 * Whether webhooks can be stored, and where they go. While the spool keeps them all is
 * up: a load balancer would send nothing more to a service that is down.
 *
 * @param outage since when and why the database cannot be written, or {@code null}
 * @param spool what is in the spool, or {@code null} if there is none
 */
record StorageHealth(@Nullable Outage outage, @Nullable SpoolStatus spool) {

	void tell(Health.Builder builder) {
		builder.up();
		if (this.spool != null) {
			tellOfSpool(builder, this.spool);
		}
		else if (this.outage != null) {
			builder.down().withDetail("since", this.outage.since());
		}
		if (this.outage != null) {
			builder.withDetail("reason", this.outage.reason());
		}
	}

	private void tellOfSpool(Health.Builder builder, SpoolStatus spool) {
		boolean needed = spool.taking() || this.outage != null;
		if (spool.problem() != null) {
			builder.status(needed ? Status.DOWN : Status.UP).withDetail("spool", spool.problem());
		}
		if (!needed) {
			return;
		}
		if (spool.problem() == null) {
			builder.withDetail("degraded", "Webhooks are kept in the spool");
		}
		Instant since = (this.outage != null) ? this.outage.since() : spool.since();
		if (since != null) {
			builder.withDetail("since", since);
		}
		builder.withDetail("waiting", spool.waiting());
	}

}
