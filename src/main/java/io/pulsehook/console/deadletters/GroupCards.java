package io.pulsehook.console.deadletters;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.pulsehook.inbox.Subscribers;
import io.pulsehook.inbox.model.Subscription;
import io.pulsehook.inbox.triage.DeadLetter;
import io.pulsehook.inbox.triage.DeadLetters;
import io.pulsehook.inbox.triage.Decision;
import io.pulsehook.inbox.triage.GroupKey;
import io.pulsehook.inbox.triage.GroupState;
import io.pulsehook.inbox.triage.Triage;

/**
 * Adds to groups of dead letters what is known of them beside the letters: why they died,
 * what somebody decided, and whether their handler still exists.
 */
public final class GroupCards {

	private final DeadLetters letters;

	private final Triage triage;

	private final Subscribers subscribers;

	public GroupCards(DeadLetters letters, Triage triage, Subscribers subscribers) {
		this.letters = letters;
		this.triage = triage;
		this.subscribers = subscribers;
	}

	/**
	 * Reads what a page needs for all of its cards.
	 */
	Reading read(Instant now) {
		Set<String> known = this.subscribers.all().stream().map(Subscription::handler).collect(Collectors.toSet());
		return new Reading(this.triage.decisions(), known, now);
	}

	/**
	 * What was read at one moment.
	 */
	final class Reading {

		private final Map<GroupKey, Decision> decisions;

		private final Set<String> known;

		private final Instant now;

		private Reading(Map<GroupKey, Decision> decisions, Set<String> known, Instant now) {
			this.decisions = decisions;
			this.known = known;
			this.now = now;
		}

		boolean isNew(LetterGroup group) {
			return GroupCard.isNew(group, decision(group));
		}

		boolean isMuted(LetterGroup group) {
			Decision decision = decision(group);
			return decision != null && decision.state() == GroupState.MUTED;
		}

		boolean isKnown(LetterGroup group) {
			return this.known.contains(group.handler());
		}

		boolean isKnown(String handler) {
			return this.known.contains(handler);
		}

		private @Nullable Decision decision(LetterGroup group) {
			return this.decisions.get(group.key());
		}

		/**
		 * Makes the card of a group, for which it reads a stack trace.
		 */
		GroupCard card(LetterGroup group) {
			DeadLetter newest = group.newest();
			String trace = GroupCards.this.letters.stackTrace(newest.place()).orElse("");
			return GroupCard.of(group, RootCause.of(newest.error(), trace), isKnown(group), decision(group), this.now);
		}

		/**
		 * Makes the card of a group without looking for its cause.
		 */
		GroupCard folded(LetterGroup group) {
			return GroupCard.of(group, RootCause.of(group.newest().error(), ""), isKnown(group), decision(group),
					this.now);
		}

	}

}
