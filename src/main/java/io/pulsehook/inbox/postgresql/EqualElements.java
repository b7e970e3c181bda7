package io.pulsehook.inbox.postgresql;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * Bare elements with equal keys that are stored together, and the events that have been
 * stored of such ones. Those that arrived within the window of one another are one event,
 * in whatever order they are stored. The event that arrived last has the key, for what is
 * stored as it arrives. That of any other one is followed by its arrival, and by its id
 * if it has had the key before, or else by 0. Times are milliseconds since 1970.
 */
final class EqualElements {

	/** Stands for the ending of an event that is not stored yet. */
	private static final long NEW = -1;

	/** No event arrived before that time. */
	private static final long NOBODY = -1;

	private final byte[] key;

	private final Instant now;

	private final List<IntakeElement> elements = new ArrayList<>();

	/** The endings of the keys of events by the times of their arrival. */
	private final NavigableMap<Long, Long> events = new TreeMap<>();

	/** When the event arrived that has had the key before. */
	private @Nullable Long formerArrival;

	EqualElements(byte[] key, Instant now) {
		this.key = key;
		this.now = now;
	}

	byte[] key() {
		return this.key;
	}

	void add(IntakeElement element) {
		this.elements.add(element);
	}

	/** Returns from when on events can be within the window of an element. */
	long earliest() {
		return this.elements.stream()
			.mapToLong((element) -> Math.max(0, arrival(element) - window(element)))
			.min()
			.orElseThrow();
	}

	/** Returns from when on no event can be within the window of an element. */
	long latest() {
		return this.elements.stream().mapToLong((element) -> arrival(element) + window(element)).max().orElseThrow();
	}

	/**
	 * Adds an event that is stored.
	 * @param ending what its key ends with, or will end with when it gives the key away
	 * @param arrival when it arrived
	 * @param hasKey whether it has the key
	 */
	void addStored(long ending, long arrival, boolean hasKey) {
		if (hasKey) {
			this.events.put(arrival, ending);
			this.formerArrival = arrival;
		}
		else {
			this.events.putIfAbsent(arrival, ending);
		}
	}

	/**
	 * Decides which elements are new events. To be called once, when all stored events
	 * have been added.
	 * @return the key of each element; if it is not new, that of the event that it is
	 */
	Map<IntakeElement, byte[]> keys() {
		Map<IntakeElement, Long> arrivals = new IdentityHashMap<>();
		for (IntakeElement element : this.elements) {
			arrivals.put(element, eventOf(arrival(element), window(element)));
		}
		Map<IntakeElement, byte[]> keys = new IdentityHashMap<>();
		arrivals.forEach((element, arrival) -> keys.put(element, key(arrival)));
		return keys;
	}

	/**
	 * Returns until when the event arrived that gives the key away: any if a later one is
	 * new. To be called when the keys are decided.
	 */
	long arrivedBefore() {
		Long last = this.events.lastKey();
		return (ending(last) == NEW) ? last : NOBODY;
	}

	private Long eventOf(long arrival, long window) {
		Long before = this.events.floorKey(arrival);
		if (before != null && arrival - before < window) {
			return before;
		}
		Long after = this.events.ceilingKey(arrival);
		if (after != null && after - arrival < window) {
			return after;
		}
		this.events.put(arrival, NEW);
		return arrival;
	}

	private byte[] key(Long arrival) {
		if (arrival.equals(lastArrival())) {
			return this.key;
		}
		return ByteBuffer.allocate(this.key.length + 2 * Long.BYTES)
			.put(this.key)
			.putLong(arrival)
			.putLong(Math.max(0, ending(arrival)))
			.array();
	}

	private long ending(Long arrival) {
		return this.events.getOrDefault(arrival, NEW);
	}

	// Returns when the event arrives that has the key from now on.
	private @Nullable Long lastArrival() {
		long last = arrivedBefore();
		return (last != NOBODY) ? Long.valueOf(last) : this.formerArrival;
	}

	private long arrival(IntakeElement element) {
		return element.event().arrival(this.now).toEpochMilli();
	}

	// An element is stored again if a crash kept it from being forgotten where it waited.
	// It has the same arrival as its event then, and must be recognised even if there is
	// no window.
	private static long window(IntakeElement element) {
		return Math.max(1, element.intake().dedupWindow().toMillis());
	}

}
