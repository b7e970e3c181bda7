package io.pulsehook.console.deadletters;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.pulsehook.console.deadletters.PaymentSums.Sum;
import io.pulsehook.inbox.query.ErrorPattern;
import io.pulsehook.inbox.triage.DeadLetter;

/**
 * All dead letters in groups, as they were at one moment.
 *
 * @param at the moment, which is the one when reading them began
 * @param groups the groups, the largest first
 * @param past whether it was taken before it was asked for
 */
record Snapshot(Instant at, List<LetterGroup> groups, boolean past) {

	long letters() {
		return letters((group) -> true, null);
	}

	/**
	 * Counts letters.
	 * @param wanted of which groups
	 * @param since only those that died then or later, or {@code null} for all
	 */
	long letters(Predicate<LetterGroup> wanted, @Nullable Instant since) {
		return this.groups.stream()
			.filter(wanted)
			.mapToLong((group) -> (since != null) ? group.lettersSince(since) : group.letters())
			.sum();
	}

	Optional<LetterGroup> find(String handler, String error) {
		return this.groups.stream()
			.filter((group) -> group.handler().equals(handler) && group.error().equals(error))
			.findFirst();
	}

	/**
	 * Puts letters into groups.
	 */
	static final class Builder {

		private final PaymentSums sums;

		private final Map<Key, LetterGroup> groups = new LinkedHashMap<>();

		private final Set<Long> payments = new HashSet<>();

		Builder(PaymentSums sums) {
			this.sums = sums;
		}

		/**
		 * Adds letters. Those of newer events come first.
		 */
		void add(List<DeadLetter> letters) {
			Map<Long, Sum> sums = this.sums.of(letters);
			for (DeadLetter letter : letters) {
				String pattern = ErrorPattern.of(letter.error());
				this.groups
					.computeIfAbsent(new Key(letter.handler(), pattern), (key) -> new LetterGroup(pattern, letter))
					.add(letter, sums.get(letter.event()));
				if (PaymentSums.isPayment(letter)) {
					this.payments.add(letter.event());
				}
			}
		}

		Snapshot build(Instant at, boolean past) {
			this.sums.retain(this.payments);
			return new Snapshot(at,
					this.groups.values()
						.stream()
						.sorted(Comparator.comparingLong(LetterGroup::letters).reversed())
						.toList(),
					past);
		}

		private record Key(String handler, String error) {

		}

	}

}
