package io.pulsehook.inbox.triage;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A decision about a group of dead letters.
 *
 * @param state what was decided
 * @param note why, or {@code null}
 * @param by the name of who decided it, or {@code null} if nobody was logged in
 * @param at when
 */
public record Decision(GroupState state, @Nullable String note, @Nullable String by, Instant at) {

}
