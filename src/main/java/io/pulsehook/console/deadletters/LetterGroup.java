package io.pulsehook.console.deadletters;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;

import org.jspecify.annotations.Nullable;

import io.pulsehook.console.deadletters.PaymentSums.Sum;
import io.pulsehook.console.format.Money;
import io.pulsehook.inbox.triage.DeadLetter;
import io.pulsehook.inbox.triage.GroupKey;

/**
 * The dead letters of one handler whose errors look alike. It is filled by one thread,
 * and then never changes.
 */
final class LetterGroup {

	private final String error;

	private final DeadLetter newest;

	private final GroupKey key;

	private final Set<String> people = new HashSet<>();

	private final Map<String, BigDecimal> sums = new TreeMap<>();

	private long[] events = new long[4];

	private long[] deaths = new long[4];

	private int size;

	/**
	 * Creates a group without letters.
	 * @param error what the errors have in common
	 * @param newest the letter of the newest event, which is to be added as well
	 */
	LetterGroup(String error, DeadLetter newest) {
		this.error = error;
		this.newest = newest;
		this.key = GroupKey.of(newest.handler(), error);
	}

	/**
	 * Adds a letter. Those of newer events come first.
	 */
	void add(DeadLetter letter, @Nullable Sum sum) {
		if (this.size == this.events.length) {
			this.events = Arrays.copyOf(this.events, 2 * this.size);
			this.deaths = Arrays.copyOf(this.deaths, 2 * this.size);
		}
		this.events[this.size] = letter.event();
		this.deaths[this.size] = letter.diedAt().toEpochMilli();
		this.size++;
		if (letter.contact() != null) {
			this.people.add(letter.contact());
		}
		if (sum != null) {
			this.sums.merge(sum.currency(), sum.amount(), BigDecimal::add);
		}
	}

	String handler() {
		return this.newest.handler();
	}

	String error() {
		return this.error;
	}

	DeadLetter newest() {
		return this.newest;
	}

	GroupKey key() {
		return this.key;
	}

	long letters() {
		return this.size;
	}

	/**
	 * Counts the letters that died at a time or later.
	 */
	long lettersSince(Instant time) {
		return deaths().filter((died) -> died >= time.toEpochMilli()).count();
	}

	/**
	 * Counts the contacts that the letters are about.
	 */
	long people() {
		return this.people.size();
	}

	/**
	 * Returns what the payments among the letters cost, by currency.
	 */
	List<String> sums() {
		return this.sums.entrySet()
			.stream()
			.map((sum) -> Money.of(sum.getValue(), sum.getKey().isEmpty() ? null : sum.getKey()))
			.toList();
	}

	Instant first() {
		return Instant.ofEpochMilli(deaths().min().orElse(0));
	}

	Instant last() {
		return Instant.ofEpochMilli(deaths().max().orElse(0));
	}

	/**
	 * Returns when the letters died, in milliseconds since 1970 and in no order.
	 */
	LongStream deaths() {
		return Arrays.stream(this.deaths, 0, this.size);
	}

	/**
	 * Returns the events of some letters.
	 * @param before the event before which to begin
	 * @param limit how many at most
	 * @return their ids, the newest first
	 */
	List<Long> events(long before, int limit) {
		return Arrays.stream(this.events, 0, this.size).filter((event) -> event < before).limit(limit).boxed().toList();
	}

}
