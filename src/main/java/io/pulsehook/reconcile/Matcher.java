package io.pulsehook.reconcile;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.IntPredicate;

/**
 * Finds for each message of a contact that SendPulse has the one that was received. What
 * is surest comes first: the platform's id, then SendPulse's, then the text, then what a
 * message without a text consists of. A message that was received is found once, so that
 * two alike are two.
 */
final class Matcher {

	/** The place of a message that was not received. */
	static final int NONE = -1;

	/** How far two times of one message can be apart. */
	static final Duration TOLERANCE = Duration.ofMinutes(10);

	private final List<Traits> rows;

	private final List<Traits> received;

	private final int[] found;

	private final boolean[] taken;

	private Matcher(List<Traits> rows, List<Traits> received) {
		this.rows = rows;
		this.received = received;
		this.found = new int[rows.size()];
		this.taken = new boolean[received.size()];
		Arrays.fill(this.found, NONE);
	}

	/**
	 * Compares the messages of a contact.
	 * @param rows the messages that SendPulse has
	 * @param received the messages that were received
	 * @return for each of the first the place of the same one among the second, or
	 * {@link #NONE}
	 */
	static int[] match(List<Traits> rows, List<Traits> received) {
		return match(rows, received, (place) -> true);
	}

	/**
	 * Compares the messages of a contact, some of them by their ids alone.
	 * @param rows the messages that SendPulse has
	 * @param received the messages that were received
	 * @param byContent tells by the place of a message that was received whether it may
	 * also be recognised by what is in it
	 * @return for each of the first the place of the same one among the second, or
	 * {@link #NONE}
	 */
	static int[] match(List<Traits> rows, List<Traits> received, IntPredicate byContent) {
		Matcher matcher = new Matcher(rows, received);
		matcher.pair(Matcher::haveAMessageIdInCommon, (place) -> true);
		matcher.pair(Matcher::haveTheSameRowId, (place) -> true);
		matcher.pair(Matcher::haveATextInCommon, byContent);
		matcher.pair(Matcher::lookAlike, byContent);
		matcher.pair(Matcher::mayHaveBeenEdited, byContent);
		return matcher.found;
	}

	// Of several that could be the same, the closest in time are.
	private void pair(BiPredicate<Traits, Traits> same, IntPredicate places) {
		List<Pair> pairs = new ArrayList<>();
		for (int row = 0; row < this.rows.size(); row++) {
			for (int place = 0; this.found[row] == NONE && place < this.received.size(); place++) {
				Traits one = this.rows.get(row);
				Traits other = this.received.get(place);
				if (!this.taken[place] && places.test(place) && same.test(one, other)) {
					pairs.add(new Pair(row, place, apart(one, other)));
				}
			}
		}
		pairs.sort(Comparator.comparing(Pair::apart).thenComparing(Pair::row).thenComparing(Pair::place));
		for (Pair pair : pairs) {
			if (this.found[pair.row()] == NONE && !this.taken[pair.place()]) {
				this.found[pair.row()] = pair.place();
				this.taken[pair.place()] = true;
			}
		}
	}

	private static boolean haveAMessageIdInCommon(Traits row, Traits received) {
		return haveInCommon(row.messageIds(), received.messageIds());
	}

	private static boolean haveTheSameRowId(Traits row, Traits received) {
		return row.rowId() != null && row.rowId().equals(received.rowId());
	}

	private static boolean haveATextInCommon(Traits row, Traits received) {
		return areClose(row, received) && haveInCommon(row.texts(), received.texts());
	}

	// Where one of them lacks the text that the other one has, what else there is
	// decides.
	private static boolean lookAlike(Traits row, Traits received) {
		if (!areClose(row, received)) {
			return false;
		}
		if (row.kinds().isEmpty() || received.kinds().isEmpty()) {
			return row.texts().isEmpty() && received.texts().isEmpty();
		}
		return haveInCommon(row.kinds(), received.kinds()) && (row.texts().isEmpty() || received.texts().isEmpty());
	}

	private static boolean mayHaveBeenEdited(Traits row, Traits received) {
		return row.edited() && areClose(row, received) && haveInCommon(row.kinds(), received.kinds());
	}

	private static boolean areClose(Traits row, Traits received) {
		return apart(row, received).compareTo(TOLERANCE) <= 0;
	}

	private static Duration apart(Traits row, Traits received) {
		return Duration.between(row.at(), received.at()).abs();
	}

	private static boolean haveInCommon(Set<String> some, Set<String> others) {
		return !Collections.disjoint(some, others);
	}

	private record Pair(int row, int place, Duration apart) {

	}

}
