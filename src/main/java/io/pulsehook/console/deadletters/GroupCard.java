package io.pulsehook.console.deadletters;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import io.pulsehook.console.format.Times.Time;
import io.pulsehook.inbox.triage.Decision;
import io.pulsehook.inbox.triage.GroupState;

/**
 * A group of dead letters as the pages show it.
 *
 * @param handler the handler's id
 * @param error what the errors have in common
 * @param why why the newest letter died
 * @param letters how many letters there are
 * @param people how many contacts they are about
 * @param sums what the payments among them cost, by currency
 * @param first when the first died
 * @param last when the last died
 * @param deaths when they died
 * @param known whether the handler still exists
 * @param decision what somebody decided about it, or {@code null}
 */
record GroupCard(String handler, String error, RootCause why, long letters, long people, List<String> sums, Time first,
		Time last, Sparkline deaths, boolean known, @Nullable Verdict decision) {

	static GroupCard of(LetterGroup group, RootCause why, boolean known, @Nullable Decision decision, Instant now) {
		return new GroupCard(group.handler(), group.error(), why, group.letters(), group.people(), group.sums(),
				Time.of(group.first(), now), Time.of(group.last(), now), Sparkline.of(group, now), known,
				(decision != null) ? Verdict.of(decision, group, now) : null);
	}

	/**
	 * Whether the group asks for attention: nobody has decided anything about it, or a
	 * letter died after somebody took notice.
	 */
	static boolean isNew(LetterGroup group, @Nullable Decision decision) {
		return decision == null || (decision.state() == GroupState.ACKNOWLEDGED && group.last().isAfter(decision.at()));
	}

	/**
	 * Returns whom and what it is about in a line.
	 * @return such as "3 people · 150.00 USD"; empty if neither is known
	 */
	public String stakes() {
		String people = (this.people == 0) ? ""
				: (this.people == 1) ? "1 person" : String.format(Locale.ROOT, "%,d people", this.people);
		String sums = String.join(" + ", this.sums);
		return (people.isEmpty() || sums.isEmpty()) ? people + sums : people + " · " + sums;
	}

	/**
	 * A decision about the group.
	 *
	 * @param state the word for what was decided
	 * @param note why, or {@code null}
	 * @param by who decided it, or {@code null}
	 * @param at when
	 * @param since how many letters died afterwards
	 */
	record Verdict(String state, @Nullable String note, @Nullable String by, Time at, long since) {

		private static Verdict of(Decision decision, LetterGroup group, Instant now) {
			return new Verdict(decision.state().code(), decision.note(), decision.by(), Time.of(decision.at(), now),
					group.lettersSince(decision.at().plusMillis(1)));
		}

	}

}
