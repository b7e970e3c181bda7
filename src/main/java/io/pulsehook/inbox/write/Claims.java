package io.pulsehook.inbox.write;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongPredicate;

import io.pulsehook.inbox.Deliveries.Traffic;
import io.pulsehook.inbox.model.Due;
import io.pulsehook.inbox.model.DueDelivery;
import io.pulsehook.inbox.model.Outlook;

/**
 * Claims deliveries for this process. To be called by one thread, except for
 * {@link #giveBack}.
 */
public interface Claims extends AutoCloseable {

	/**
	 * Claims deliveries that a handler may run now.
	 * @param running tells of an event's id whether this process has its delivery already
	 */
	Due claim(String handler, Traffic traffic, Instant now, int limit, LongPredicate running);

	/**
	 * Claims one delivery that a handler was at work on when the process ended, more than
	 * once. {@link #claim} leaves those out.
	 */
	List<DueDelivery> claimInterrupted(String handler, Traffic traffic, Instant now, LongPredicate running);

	/** Looks what there is to claim for a handler, now and later. */
	Outlook outlook(String handler, Instant now);

	/**
	 * Gives back deliveries that were claimed and did not run to their end.
	 * @return once others may claim them: how many were still this process's
	 */
	CompletableFuture<Integer> giveBack(List<DueDelivery> claimed);

	@Override
	void close();

}
