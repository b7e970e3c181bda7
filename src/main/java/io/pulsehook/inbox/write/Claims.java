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
 * How deliveries get into the hands of this process. To be called by one thread but for
 * {@link #giveBack}.
 */
public interface Claims extends AutoCloseable {

	// Takes what a handler may run now.
	Due claim(String handler, Traffic traffic, Instant now, int limit, LongPredicate running);

	// Takes one that a handler was at work on when the process ended, more than once:
	// claim() takes no such one.
	List<DueDelivery> claimInterrupted(String handler, Traffic traffic, Instant now, LongPredicate running);

	// Says what there is to claim.
	Outlook outlook(String handler, Instant now);

	// Lets deliveries go that were claimed and did not run to their end; the future ends
	// when others may have them, and says how many were still this process's.
	CompletableFuture<Integer> giveBack(List<DueDelivery> claimed);

	@Override
	void close();

}
