package io.pulsehook.alerts;

import java.util.Set;

import io.pulsehook.dispatch.attempt.AttemptListener.Attempt;
import io.pulsehook.inbox.triage.GroupKey;

/**
 * The groups of dead letters that nobody wants to hear of.
 *
 * @param groups their keys
 */
record MutedGroups(Set<GroupKey> groups) {

	static final MutedGroups NONE = new MutedGroups(Set.of());

	/**
	 * Tells whether an attempt made a dead letter of such a group. It is asked on the
	 * thread that writes, so that it does no work unless there are such groups.
	 */
	boolean has(Attempt attempt) {
		return !this.groups.isEmpty() && attempt.failure() != null
				&& this.groups.contains(GroupKey.ofError(attempt.handler(), attempt.failure()));
	}

}
