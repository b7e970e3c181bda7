package io.pulsehook.inbox.model;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Which deliveries a handler wants to run next.
 *
 * @param handler the handler's id
 * @param traffic whether newly received events or replays
 * @param now the time until which a delivery has to be due
 * @param limit how many at most
 * @param interrupted whether to claim a delivery that the handler was at work on more
 * than once when the process ended; one claim never has such and other deliveries
 * @param probe whether the delivery is to show if a resting handler works again; only one
 * process at a time gets one, and only after the end of the rest
 * @param rate how many deliveries the handler may begin within a time, or {@code null} if
 * it has no rate
 * @param bursts how long deliveries wait for others that are handled together with them,
 * or {@code null} if they do not wait
 */
public record ClaimRequest(String handler, Traffic traffic, Instant now, int limit, boolean interrupted, boolean probe,
		@Nullable Rate rate, @Nullable BurstLimits bursts) {

	/**
	 * Asks for what anybody may run.
	 * @param handler the handler's id
	 * @param traffic whether newly received events or replays
	 * @param now the time until which a delivery has to be due
	 * @param limit how many at most
	 */
	public ClaimRequest(String handler, Traffic traffic, Instant now, int limit) {
		this(handler, traffic, now, limit, false);
	}

	/**
	 * Asks for deliveries of a handler that does not rest and has no rate.
	 * @param handler the handler's id
	 * @param traffic whether newly received events or replays
	 * @param now the time until which a delivery has to be due
	 * @param limit how many at most
	 * @param interrupted whether a delivery is wanted that runs alone
	 */
	public ClaimRequest(String handler, Traffic traffic, Instant now, int limit, boolean interrupted) {
		this(handler, traffic, now, limit, interrupted, false, null, null);
	}

	/**
	 * Asks for a delivery that shows if a resting handler works again.
	 * @param handler the handler's id
	 * @param traffic whether newly received events or replays
	 * @param now the time until which a delivery has to be due
	 * @param interrupted whether a delivery is wanted that runs alone
	 * @return the request for one delivery
	 */
	public static ClaimRequest probe(String handler, Traffic traffic, Instant now, boolean interrupted) {
		return new ClaimRequest(handler, traffic, now, 1, interrupted, true, null, null);
	}

	/**
	 * Asks for the same within a rate.
	 * @param limit the handler's rate, or {@code null} if it has none
	 * @return the request with the rate
	 */
	public ClaimRequest within(@Nullable Rate limit) {
		return new ClaimRequest(this.handler, this.traffic, this.now, this.limit, this.interrupted, this.probe, limit,
				this.bursts);
	}

	/**
	 * Asks only for what need not wait for others any more.
	 * @param limits how long deliveries wait, or {@code null} if they do not
	 * @return the request with these limits
	 */
	public ClaimRequest waitingFor(@Nullable BurstLimits limits) {
		return new ClaimRequest(this.handler, this.traffic, this.now, this.limit, this.interrupted, this.probe,
				this.rate, limits);
	}

	/**
	 * Asks for no more than this.
	 * @param most how many at most
	 * @return the request with that limit, or with its own if that is lower
	 */
	public ClaimRequest atMost(int most) {
		return new ClaimRequest(this.handler, this.traffic, this.now, Math.min(this.limit, most), this.interrupted,
				this.probe, this.rate, this.bursts);
	}

	/**
	 * Tells whether more than one statement decides what may be claimed.
	 * @return {@code true} if so
	 */
	public boolean needsTransaction() {
		return this.probe || this.rate != null;
	}

	/**
	 * Returns how long deliveries wait which are claimed by this request. A replay, and
	 * what was interrupted, waits no more.
	 * @return the limits, or {@code null} if nothing waits
	 */
	public @Nullable BurstLimits burstsToWaitFor() {
		return (this.traffic == Traffic.LIVE && !this.interrupted) ? this.bursts : null;
	}

}
