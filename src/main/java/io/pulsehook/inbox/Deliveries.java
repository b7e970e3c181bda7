package io.pulsehook.inbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongPredicate;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.pulsehook.event.filter.EventFacts;
import io.pulsehook.inbox.commit.Prefetch;
import io.pulsehook.inbox.commit.Writer;
import io.pulsehook.inbox.figures.DeliveryCounts;
import io.pulsehook.inbox.model.Arrivals;
import io.pulsehook.inbox.model.BurstLimits;
import io.pulsehook.inbox.model.ClaimRequest;
import io.pulsehook.inbox.model.Due;
import io.pulsehook.inbox.model.DueDelivery;
import io.pulsehook.inbox.model.InboxUnavailableException;
import io.pulsehook.inbox.model.NextDue;
import io.pulsehook.inbox.model.Outcome;
import io.pulsehook.inbox.model.RestChange;
import io.pulsehook.inbox.model.StateChange;
import io.pulsehook.inbox.write.AtWork;
import io.pulsehook.inbox.write.BackoffWrite;
import io.pulsehook.inbox.write.Claims;
import io.pulsehook.inbox.write.Finish;
import io.pulsehook.inbox.write.FinishWrite;
import io.pulsehook.inbox.write.RestWrite;
import io.pulsehook.inbox.write.Runner;
import io.pulsehook.inbox.write.Subscriptions;

/**
 * The deliveries that handlers of this process claim, receive and finish.
 */
public final class Deliveries {

	/**
	 * Finds a later state of the same order. Of several states with the same time, the
	 * one that is kept as the latest supersedes the others, unless a former version kept
	 * it without comparing their ranks.
	 */
	private static final String SUPERSEDED = """
			select exists (
				select 1 from pulsehook_event e join pulsehook_order o on o.ordering_key = e.ordering_key
				where e.id = ? and e.kind = 'payment' and (o.updated_at > e.occurred_at
					or (o.updated_at = e.occurred_at and o.event_id <> e.id and o.ranked_event_id = o.event_id)))
			""";

	private final Writer writer;

	private final Claims claims;

	private final Runner runner;

	private final Prefetch prefetch;

	private final JdbcClient jdbc;

	private final Bursts bursts;

	private final AtWork atWork;

	private final FinishedSteps steps;

	Deliveries(Writer writer, Claims claims, Runner runner, Prefetch prefetch, JdbcClient jdbc, AtWork atWork) {
		this.atWork = atWork;
		this.writer = writer;
		this.claims = claims;
		this.runner = runner;
		this.prefetch = prefetch;
		this.jdbc = jdbc;
		this.steps = new FinishedSteps(writer, jdbc);
		this.bursts = new Bursts(writer, jdbc);
	}

	/**
	 * Claims deliveries that a handler may run now. Nobody else gets them until their
	 * outcome is written or they are given back. Only one thread may call this.
	 * @param request which deliveries
	 * @param running tells by an event's id whether its delivery is in flight already
	 * @return deliveries, the longest due first
	 * @throws InboxUnavailableException while nothing can be written
	 */
	public Due claim(ClaimRequest request, LongPredicate running) {
		refuseDuringOutage();
		return this.claims.claim(request, running.or((event) -> this.prefetch.holds(request.handler(), event)));
	}

	/**
	 * Records that a handler begins to work on a delivery. To be called on its thread.
	 * @param delivery a delivery that was taken
	 * @return what {@link #ended} has to be told
	 */
	public int begun(DueDelivery delivery) {
		return this.atWork.begin(delivery);
	}

	/**
	 * Records that a handler has ended its work, however it ended.
	 * @param work what {@link #begun} returned
	 */
	public void ended(int work) {
		this.atWork.end(work);
	}

	// The outcome of what begins now would be kept in memory, and lost with the process.
	private void refuseDuringOutage() {
		if (this.writer.outage() != null) {
			throw new InboxUnavailableException("Nothing is begun before the inbox can be written again.", null);
		}
	}

	/**
	 * Asks what there is to do for a handler. To be called by the thread that calls
	 * {@link #claim}.
	 * @param handler the handler's id
	 * @param now the time
	 * @return whether to take something, and when to ask again
	 * @throws InboxUnavailableException while nothing can be written
	 */
	public NextDue nextDue(String handler, Instant now) {
		refuseDuringOutage();
		if (this.prefetch.hasRejected(handler)) {
			return new NextDue(false, false, null);
		}
		return this.claims.nextDue(handler, now);
	}

	/**
	 * Offers places for deliveries that are due as soon as they are stored. These come
	 * with the {@linkplain Arrivals#handedOver() arrivals} of their commit and are
	 * claimed already. An offer is good for a second, so that it has to be repeated; to
	 * be made only for a handler that has nothing older to do, which they would overtake.
	 * @param handler the handler's id
	 * @param places how many, those included that are on their way
	 */
	public void offer(String handler, int places) {
		this.prefetch.grant(handler, places);
	}

	/**
	 * Receives the deliveries that were handed over to a handler.
	 * @param handler the handler's id
	 * @param handedOver deliveries of arrivals, to this handler and others
	 * @return those of the handler that may be run: the others have been refused
	 */
	public List<DueDelivery> receive(String handler, List<DueDelivery> handedOver) {
		// Allocate first: an OutOfMemoryError after receive() would lose the delivery.
		List<DueDelivery> received = new ArrayList<>(handedOver.size());
		for (DueDelivery delivery : handedOver) {
			if (delivery.handler().equals(handler) && this.prefetch.receive(delivery)) {
				received.add(delivery);
			}
		}
		return received;
	}

	/**
	 * Decides which deliveries are handled together with one, unless that was decided
	 * before, and returns when it is on disk. To be called on the handler's thread.
	 * @param head a delivery that was taken, as it was claimed
	 * @param limits how many are handled together
	 * @return that delivery and those that are handled with it, in their order; none if
	 * it is no longer this process's to run, or has to be run later because nothing can
	 * be written
	 */
	public List<DueDelivery> burst(DueDelivery head, BurstLimits limits) {
		return this.bursts.of(head, limits);
	}

	/**
	 * Refuses the deliveries that are on their way to a handler.
	 * @param handler the handler's id
	 */
	public void refuseWhatComes(String handler) {
		this.prefetch.reject(this.prefetch.inFlight(handler));
	}

	/** Refuses the deliveries that are on their way to any handler. */
	public void refuseWhatComes() {
		this.prefetch.reject(this.prefetch.inFlight());
	}

	/**
	 * Whether a delivery is still this process's to run: another one has taken it over if
	 * this one could not be heard of for too long.
	 * @param delivery a delivery that was taken
	 * @return {@code false} if it must not be begun, and its outcome will be refused
	 */
	public boolean isHeld(DueDelivery delivery) {
		return this.runner.holds(delivery.runner());
	}

	/**
	 * Gives deliveries back that were taken or received, and did not run to their end.
	 * @param taken the deliveries
	 * @return once they may be taken again: how many of them were still this process's
	 */
	public CompletableFuture<Integer> giveBack(List<DueDelivery> taken) {
		return this.claims.giveBack(taken);
	}

	/**
	 * Writes how an attempt ended, also through an outage. The next delivery of the same
	 * handler and key becomes due when this one is finished.
	 * @param outcome how it ended
	 * @return once it is on disk: whether it was accepted; {@code false} if the delivery
	 * has been erased or run by someone else meanwhile
	 */
	public CompletableFuture<Boolean> finish(Outcome outcome) {
		return this.writer.submitSurely(new FinishWrite(outcome)).thenApply(Finish::isAccepted);
	}

	/**
	 * Changes the rest of a handler in all processes, also through an outage. After a
	 * long rest, what waits for its next attempt becomes due.
	 * @param handler the handler's id
	 * @param change what changes
	 * @return once it is on disk: the state before and after
	 */
	public CompletableFuture<StateChange> changeRest(String handler, RestChange change) {
		return this.writer.submitSurely(new RestWrite(handler, change)).whenComplete((changed, ex) -> {
			if (changed != null && changed.isEndOfLongRest()) {
				endBackoff(handler);
			}
		});
	}

	// They become due in batches, so that webhooks do not wait for all of them. What a
	// failure leaves out becomes due at its own time.
	private void endBackoff(String handler) {
		this.writer.submit(new BackoffWrite(handler)).thenAccept((more) -> {
			if (more) {
				endBackoff(handler);
			}
		});
	}

	/**
	 * Lets another delivery be tried during a handler's rest, although the one that is
	 * tried has not ended.
	 * @param probe the delivery whose handler hangs
	 */
	public void letProbeGo(DueDelivery probe) {
		this.claims.letProbeGo(probe);
	}

	/**
	 * Returns the steps that handlers have finished.
	 * @return where they are read and recorded
	 */
	public FinishedSteps steps() {
		return this.steps;
	}

	/**
	 * Whether an event is a payment of whose order a later state has been received.
	 * @param eventId the event's id
	 * @return {@code false} for anything but a payment
	 */
	public boolean isSuperseded(long eventId) {
		return this.jdbc.sql(SUPERSEDED).param(eventId).query(Boolean.class).single();
	}

	/**
	 * Whether a process that is alive wants the handler to be called for an event. It
	 * asks the database, since another process may have just been started.
	 * @param delivery the handler's delivery of the event
	 * @param title the event's title, or {@code null}
	 * @param facts the facts that filters ask
	 * @return {@code false} if the filters of all processes keep the event away
	 */
	public boolean isWanted(DueDelivery delivery, @Nullable String title, EventFacts facts) {
		return Subscriptions.ofHandler(this.jdbc, delivery.handler())
			.stream()
			.anyMatch((process) -> process.takes(delivery.type(), title) && process.wants(facts));
	}

	/**
	 * Counts the deliveries that are unfinished.
	 * @return their number by handler, of those handlers that have any
	 */
	public Map<String, Long> unfinished() {
		return new DeliveryCounts(this.jdbc).unfinished();
	}

}
