package io.pulsehook.inbox.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a commit has changed for the handlers of this process, and which types of events
 * it stored that no handler takes.
 */
public final class Arrivals {

	private final Set<String> handlers = new LinkedHashSet<>();

	private final List<DueDelivery> handedOver = new ArrayList<>();

	private final Set<String> unhandledTypes = new LinkedHashSet<>();

	private boolean erased;

	private final Map<String, HandlerState> states = new LinkedHashMap<>();

	public Arrivals() {
	}

	public void due(String handler) {
		this.handlers.add(handler);
	}

	public void handOver(DueDelivery delivery) {
		this.handedOver.add(delivery);
	}

	public void unhandled(String type) {
		this.unhandledTypes.add(type);
	}

	public void erase() {
		this.erased = true;
	}

	public void state(String handler, HandlerState state) {
		this.states.put(handler, state);
	}

	public boolean isEmpty() {
		return this.handlers.isEmpty() && this.handedOver.isEmpty() && this.unhandledTypes.isEmpty() && !this.erased
				&& this.states.isEmpty();
	}

	/**
	 * Lists the handlers with deliveries that may have become due.
	 * @return their ids
	 */
	public Set<String> handlers() {
		return this.handlers;
	}

	/**
	 * Lists the deliveries that were stored for a place which their handler had offered.
	 * They are claimed for this process already, and wait until it receives them.
	 * @return the deliveries in the order in which they were stored
	 */
	public List<DueDelivery> handedOver() {
		return this.handedOver;
	}

	/**
	 * Tells whether a contact was erased, so that deliveries which were read before may
	 * not exist any more.
	 * @return {@code true} if so
	 */
	public boolean erased() {
		return this.erased;
	}

	/**
	 * Lists the handlers whose state has changed, as when one was paused or begins to
	 * rest.
	 * @return the new state of each by its id
	 */
	public Map<String, HandlerState> states() {
		return this.states;
	}

	/**
	 * Lists the types of events that were stored although no handler takes them.
	 * @return simple names of records
	 */
	public Set<String> unhandledTypes() {
		return this.unhandledTypes;
	}

}
