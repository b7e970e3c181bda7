package io.pulsehook.inbox.sqlite;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.pulsehook.inbox.model.ClaimRequest;
import io.pulsehook.inbox.model.Due;
import io.pulsehook.inbox.model.Rate;
import io.pulsehook.inbox.write.Permits;
import io.pulsehook.inbox.write.Permits.Taken;

/**
 * Keeps the permits of handlers with a rate in memory, since claims write nothing. What
 * the process before has begun is not known, so that each handler is supposed to have
 * begun as much as its rate allows. Used by the dispatcher's thread alone.
 */
final class SqliteRates {

	private final Map<String, Permits> permits = new HashMap<>();

	private @Nullable Instant startedAt;

	/**
	 * Records when this process began to run handlers, and the one before had ended.
	 * @param now the time
	 */
	void started(Instant now) {
		if (this.startedAt == null) {
			this.startedAt = now;
		}
	}

	/**
	 * Claims as many deliveries as the handler's rate permits.
	 * @param request the claim
	 * @param claims claims deliveries
	 * @return the deliveries, and when to look again if there is a rate
	 */
	Due claim(ClaimRequest request, Function<ClaimRequest, Due> claims) {
		Rate rate = request.rate();
		if (rate == null) {
			return claims.apply(request);
		}
		Permits current = this.permits.computeIfAbsent(request.handler(), (handler) -> Permits.exhausted(rate,
				micros((this.startedAt != null) ? this.startedAt : request.now())));
		Taken taken = current.claim(request, rate, micros(request.now()), claims);
		this.permits.put(request.handler(), taken.permits());
		return taken.due();
	}

	private static long micros(Instant time) {
		return ChronoUnit.MICROS.between(Instant.EPOCH, time);
	}

}
