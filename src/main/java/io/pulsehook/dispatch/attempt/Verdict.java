package io.pulsehook.dispatch.attempt;

import org.jspecify.annotations.Nullable;

import io.pulsehook.inbox.model.Outcome;
import io.pulsehook.inbox.model.RestChange;

/**
 * What follows from an attempt.
 *
 * @param outcome what becomes of the delivery
 * @param change what changes about the rest of the handler, or {@code null} if nothing
 * does
 */
public record Verdict(Outcome outcome, @Nullable RestChange change) {

}
