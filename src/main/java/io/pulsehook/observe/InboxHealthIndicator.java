package io.pulsehook.observe;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

import io.pulsehook.dispatch.Dispatcher;
import io.pulsehook.dispatch.lane.RunningDelivery;
import io.pulsehook.inbox.Inbox;
import io.pulsehook.inbox.model.HandlerState;
import io.pulsehook.inbox.model.HandlerState.Rest;
import io.pulsehook.inbox.spool.Spool;
import io.pulsehook.threads.CoreThreads;

/**
 * Is up while webhooks can be stored, be it in the spool, and while the threads that
 * store and dispatch them are alive. It also shows handlers that hang, rest, or were
 * paused by an answer, dead threads that clean up, and deliveries that may have ended the
 * process; these do not make it down, since webhooks are still received.
 */
public final class InboxHealthIndicator extends AbstractHealthIndicator {

	private final Inbox inbox;

	private final CoreThreads threads;

	private final Dispatcher dispatcher;

	private final @Nullable Spool spool;

	/**
	 * Creates the indicator.
	 * @param inbox has to be writable
	 * @param threads have to be alive
	 * @param dispatcher knows which handlers hang or rest
	 * @param spool keeps webhooks during an outage, or {@code null} if there is none
	 */
	public InboxHealthIndicator(Inbox inbox, CoreThreads threads, Dispatcher dispatcher, @Nullable Spool spool) {
		this.inbox = inbox;
		this.threads = threads;
		this.dispatcher = dispatcher;
		this.spool = spool;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		new StorageHealth(this.inbox.outage(), (this.spool != null) ? this.spool.status() : null).tell(builder);
		List<String> lost = this.threads.lostVital();
		if (!lost.isEmpty()) {
			builder.down().withDetail("lostThreads", lost);
		}
		List<String> lostOthers = this.threads.lostOthers();
		if (!lostOthers.isEmpty()) {
			builder.withDetail("lostBackgroundThreads", lostOthers);
		}
		Map<String, Instant> hung = this.dispatcher.running()
			.stream()
			.filter(RunningDelivery::hung)
			.collect(Collectors.toMap(RunningDelivery::handler, RunningDelivery::since, InboxHealthIndicator::earlier,
					TreeMap::new));
		if (!hung.isEmpty()) {
			builder.withDetail("hungHandlers", hung);
		}
		showRests(builder, "restingHandlers", (state) -> state.isResting() && !state.isGone());
		showRests(builder, "pausedHandlers", HandlerState::isGone);
		int interrupted = this.dispatcher.interrupted();
		if (interrupted > 0) {
			builder.withDetail("interruptedDeliveries", interrupted);
		}
	}

	private void showRests(Health.Builder builder, String detail, Predicate<HandlerState> shown) {
		Map<String, Rest> rests = new TreeMap<>();
		this.dispatcher.states().forEach((handler, state) -> {
			Rest rest = state.rest();
			if (rest != null && shown.test(state)) {
				rests.put(handler, rest);
			}
		});
		if (!rests.isEmpty()) {
			builder.withDetail(detail, rests);
		}
	}

	private static Instant earlier(Instant one, Instant other) {
		return one.isBefore(other) ? one : other;
	}

}
