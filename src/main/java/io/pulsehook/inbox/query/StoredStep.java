package io.pulsehook.inbox.query;

import java.time.Instant;

/**
 * A step of a delivery that its handler has finished.
 *
 * @param handler the handler's id
 * @param name the step's name, behind the names of the steps around it
 * @param run the run of the delivery
 * @param attempt the attempt of the run that finished it
 * @param finishedAt when it was recorded
 * @param result what it returned, as JSON
 */
public record StoredStep(String handler, String name, int run, int attempt, Instant finishedAt, String result) {

}
