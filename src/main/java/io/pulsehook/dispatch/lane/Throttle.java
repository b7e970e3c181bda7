package io.pulsehook.dispatch.lane;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

import io.pulsehook.inbox.Deliveries;
import io.pulsehook.inbox.model.ClaimRequest;
import io.pulsehook.inbox.model.Due;
import io.pulsehook.inbox.model.Rate;

/**
 * Claims the deliveries of one handler within its rate. When no more may begin, it asks
 * for nothing until the next one may, and wakes the dispatcher then. Only the
 * dispatcher's thread may call these methods.
 */
final class Throttle {

	/**
	 * A longer pause needs no timer: the dispatcher looks around by itself, and what it
	 * is late by then does not matter.
	 */
	private static final Duration LONGEST_TIMER = Duration.ofSeconds(1);

	private final @Nullable Rate rate;

	private final Deliveries deliveries;

	private final InFlight inFlight;

	private final Executor dispatcher;

	private final InstantSource clock;

	private final LongSupplier nanoTime;

	private Duration pause = Duration.ZERO;

	private Instant pausedAt = Instant.EPOCH;

	private long pausedAtNanos;

	/**
	 * Creates the throttle.
	 * @param rate the handler's rate, or {@code null} if it has none
	 * @param context where deliveries are claimed, the dispatcher to wake and the time
	 * @param inFlight the deliveries that must not be claimed twice
	 */
	Throttle(@Nullable Rate rate, LaneContext context, InFlight inFlight) {
		this.rate = rate;
		this.deliveries = context.deliveries();
		this.inFlight = inFlight;
		this.dispatcher = context.dispatcher();
		this.clock = context.clock();
		this.nanoTime = context.nanoTime();
	}

	/**
	 * Tells whether a claim may find something. A pause has ended when the time has
	 * passed or the clock says so: a clock that is set must not prolong it.
	 */
	boolean isOpen() {
		if (this.pause.isZero()) {
			return true;
		}
		Instant now = this.clock.instant();
		if (this.nanoTime.getAsLong() - this.pausedAtNanos < this.pause.toNanos() && !now.isBefore(this.pausedAt)
				&& now.isBefore(this.pausedAt.plus(this.pause))) {
			return false;
		}
		this.pause = Duration.ZERO;
		return true;
	}

	/**
	 * Claims deliveries unless no more may begin now.
	 */
	Due claim(ClaimRequest request) {
		if (!isOpen()) {
			return new Due(List.of(), true);
		}
		Due due = this.deliveries.claim(request.within(this.rate), this.inFlight::contains);
		if (!due.pause().isZero()) {
			pause(due.pause());
		}
		return due;
	}

	private void pause(Duration time) {
		this.pause = time;
		this.pausedAt = this.clock.instant();
		this.pausedAtNanos = this.nanoTime.getAsLong();
		if (time.compareTo(LONGEST_TIMER) <= 0) {
			CompletableFuture.delayedExecutor(time.toNanos(), TimeUnit.NANOSECONDS, this.dispatcher).execute(() -> {
			});
		}
	}

}
