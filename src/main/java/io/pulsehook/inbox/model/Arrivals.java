package io.pulsehook.inbox.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a commit brought: the handlers that have something new to do, and the types that
 * nobody handles.
 */
public final class Arrivals {

	private final Set<String> handlers = new LinkedHashSet<>();

	private final List<DueDelivery> handedOver = new ArrayList<>();

	private final Set<String> unhandledTypes = new LinkedHashSet<>();

	private boolean erased;

	private final Map<String, Boolean> paused = new LinkedHashMap<>();

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

	public void paused(String handler, boolean paused) {
		this.paused.put(handler, paused);
	}

	public boolean isEmpty() {
		return this.handlers.isEmpty() && this.handedOver.isEmpty() && this.unhandledTypes.isEmpty() && !this.erased
				&& this.paused.isEmpty();
	}

	/**
	 * The handlers with deliveries that may have become due.
	 * @return their ids
	 */
	public Set<String> handlers() {
		return this.handlers;
	}

	/**
	 * The deliveries that were stored for a place that their handler had offered. They
	 * are this process's already, and wait until it receives them.
	 * @return in the order in which they were stored
	 */
	public List<DueDelivery> handedOver() {
		return this.handedOver;
	}

	/**
	 * Whether somebody was erased: what was read before may not exist any more.
	 * @return {@code true} if so
	 */
	public boolean erased() {
		return this.erased;
	}

	/**
	 * The handlers that somebody paused or let go on.
	 * @return by their ids whether they are paused now
	 */
	public Map<String, Boolean> paused() {
		return this.paused;
	}

	/**
	 * The types of events that were stored without a handler for them.
	 * @return simple names of records
	 */
	public Set<String> unhandledTypes() {
		return this.unhandledTypes;
	}

}
