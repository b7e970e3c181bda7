package io.pulsehook.dispatch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import io.pulsehook.dispatch.handler.HandlerSettings;
import io.pulsehook.dispatch.handler.RegisteredHandler;
import io.pulsehook.dispatch.handler.SettingOrigin;
import io.pulsehook.dispatch.handler.SettingOrigins;
import io.pulsehook.dispatch.lane.RunningDelivery;
import io.pulsehook.inbox.SharedSettings;
import io.pulsehook.inbox.Subscribers;
import io.pulsehook.inbox.figures.Backlog;
import io.pulsehook.inbox.model.DeliveryStatus;
import io.pulsehook.inbox.model.HandlerState;
import io.pulsehook.inbox.model.Subscription;

/**
 * Lists all handlers that an operator has to know of: those of this process, those that
 * only other replicas have, and those that no longer exist but have left deliveries
 * behind.
 */
public class HandlerTable {

	private final Backlog backlog;

	private final Subscribers subscribers;

	private final SharedSettings settings;

	private final DeliveryStates states;

	private final SettingOrigins origins;

	/**
	 * Creates the table.
	 * @param backlog counts the deliveries of each handler that are not done
	 * @param subscribers knows the states of handlers
	 * @param settings knows whether replicas share the database
	 * @param states know the handlers, and what runs in this process
	 * @param origins know where the settings of this process's handlers come from
	 */
	public HandlerTable(Backlog backlog, Subscribers subscribers, SharedSettings settings, DeliveryStates states,
			SettingOrigins origins) {
		this.backlog = backlog;
		this.subscribers = subscribers;
		this.settings = settings;
		this.states = states;
		this.origins = origins;
	}

	/**
	 * Lists the handlers with their counts of deliveries.
	 * @return those of this process first, those that are gone last
	 */
	public List<Row> rows() {
		Map<String, Map<DeliveryStatus, Long>> counts = counts();
		Map<String, HandlerState> states = this.subscribers.states();
		List<Row> rows = new ArrayList<>();
		for (RegisteredHandler handler : this.states.handlers()) {
			rows.add(new Row(handler.id(), handler.type(), handler.types(), handler.settings(),
					states.getOrDefault(handler.id(), HandlerState.RUNNING), remove(counts, handler.id())));
		}
		for (Subscription elsewhere : this.states.elsewhere()) {
			rows.add(new Row(elsewhere.handler(), null, elsewhere.types(), null,
					states.getOrDefault(elsewhere.handler(), HandlerState.RUNNING),
					remove(counts, elsewhere.handler())));
		}
		// A handler that is gone is not tried, so that its rest would never end.
		counts.forEach((handler, left) -> rows.add(new Row(handler, null, Set.of(), null,
				states.getOrDefault(handler, HandlerState.RUNNING).withRest(null), orphaned(left))));
		return rows;
	}

	/**
	 * Tells where each setting of a handler comes from.
	 * @param handler the handler's id
	 * @return the origins by the names of the settings, none if this process does not
	 * have the handler
	 */
	public Map<String, SettingOrigin> origins(String handler) {
		return this.origins.of(handler);
	}

	private static Map<DeliveryStatus, Long> remove(Map<String, Map<DeliveryStatus, Long>> counts, String handler) {
		Map<DeliveryStatus, Long> own = counts.remove(handler);
		return (own != null) ? own : Map.of();
	}

	private Map<String, Map<DeliveryStatus, Long>> counts() {
		Map<String, Map<DeliveryStatus, Long>> counts = new TreeMap<>();
		this.backlog.counts()
			.forEach((count) -> counts.computeIfAbsent(count.handler(), (handler) -> new LinkedHashMap<>())
				.put(count.status(), count.deliveries()));
		this.states.running()
			.forEach((running) -> add(running,
					counts.computeIfAbsent(running.handler(), (handler) -> new LinkedHashMap<>())));
		return counts;
	}

	// Adds a delivery that runs in this process. In a database that replicas share, the
	// stored counts include the running ones of all replicas, but only this process knows
	// which of its own hang.
	private void add(RunningDelivery running, Map<DeliveryStatus, Long> counts) {
		boolean shared = this.settings.isShared();
		if (running.hung()) {
			counts.merge(DeliveryStatus.HUNG, 1L, Long::sum);
		}
		if (!shared && !running.hung()) {
			counts.merge(DeliveryStatus.RUNNING, 1L, Long::sum);
		}
		if (shared && running.hung()) {
			counts.computeIfPresent(DeliveryStatus.RUNNING, (status, count) -> (count > 1) ? count - 1 : null);
		}
	}

	// Counts what is left for a handler that no process has. What a lost replica was
	// running is still counted as pending or retrying.
	private static Map<DeliveryStatus, Long> orphaned(Map<DeliveryStatus, Long> counts) {
		Map<DeliveryStatus, Long> orphaned = new LinkedHashMap<>();
		counts.forEach((status, count) -> {
			if (status != DeliveryStatus.RUNNING) {
				orphaned.merge((status == DeliveryStatus.DEAD) ? status : DeliveryStatus.ORPHANED, count, Long::sum);
			}
		});
		return orphaned;
	}

	/**
	 * A handler.
	 *
	 * @param id the bean name
	 * @param type what it receives, or {@code null} if this process does not have it
	 * @param types the simple names of the records that it receives, none if no process
	 * has it
	 * @param settings how it is run, or {@code null} if this process does not have it
	 * @param state whether it is paused or rests
	 * @param counts the number of its deliveries by status, without those that are done;
	 * a running one is counted as pending or retrying as well
	 */
	public record Row(String id, @Nullable String type, Set<String> types, @Nullable HandlerSettings settings,
			HandlerState state, Map<DeliveryStatus, Long> counts) {

		/**
		 * Tells whether no process has the handler any more.
		 * @return {@code true} if so
		 */
		public boolean isOrphan() {
			return this.types.isEmpty();
		}

		/**
		 * Counts the deliveries with a status.
		 * @param status the status
		 * @return their number, possibly 0
		 */
		public long count(DeliveryStatus status) {
			return this.counts.getOrDefault(status, 0L);
		}

	}

}
