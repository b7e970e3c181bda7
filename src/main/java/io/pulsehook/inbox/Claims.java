package io.pulsehook.inbox;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongPredicate;

import org.jspecify.annotations.Nullable;

import io.pulsehook.inbox.Deliveries.Traffic;

/**
 * How deliveries get into the hands of this process. To be called by one thread but for
 * {@link #giveBack}.
 */
interface Claims extends AutoCloseable {

	// Takes what a handler may run now.
	Due claim(String handler, Traffic traffic, Instant now, int limit, LongPredicate running);

	// When the next delivery becomes due, or null if nothing waits for a time.
	@Nullable Instant nextDue(String handler, Traffic traffic, Instant now);

	// Lets a delivery go that was claimed and did not run to its end; the future ends
	// when others may have it.
	CompletableFuture<Boolean> giveBack(DueDelivery delivery);

	@Override
	void close();

}
