package io.pulsehook.inbox.write;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongPredicate;

import io.pulsehook.inbox.model.ClaimRequest;
import io.pulsehook.inbox.model.Due;
import io.pulsehook.inbox.model.DueDelivery;
import io.pulsehook.inbox.model.NextDue;

/**
 * Claims due deliveries for this process. It is called by one thread, but for
 * {@link #giveBack}.
 */
public interface Claims extends AutoCloseable {

	/** How much of events is read at once, so that a backlog does not fill the memory. */
	int READ_LIMIT_BYTES = 4 * 1024 * 1024;

	/**
	 * Claims what a handler may run now.
	 * @param request which deliveries
	 * @param running tells by the id of the event what this process has already
	 * @return the deliveries, and whether there may be more
	 */
	Due claim(ClaimRequest request, LongPredicate running);

	/**
	 * Says what there is to claim, and when there is more.
	 * @param handler the handler's id
	 * @param now the time
	 * @return what is due now and next
	 */
	NextDue nextDue(String handler, Instant now);

	/**
	 * Gives deliveries back that were claimed and did not run to their end.
	 * @param claimed the deliveries
	 * @return completes when others may claim them, with the number of those that were
	 * still this process's
	 */
	CompletableFuture<Integer> giveBack(List<DueDelivery> claimed);

	/**
	 * Lets another delivery be tried during a handler's rest, although the one that is
	 * tried has not ended: its handler hangs.
	 * @param probe the delivery that hangs
	 */
	void letProbeGo(DueDelivery probe);

	@Override
	void close();

}
