package io.pulsehook.dispatch.lane;

import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

import io.pulsehook.dispatch.attempt.Attempts;
import io.pulsehook.inbox.Deliveries;

/**
 * The collaborators that all lanes of a dispatcher share.
 *
 * @param deliveries where deliveries are claimed and finished
 * @param attempts call the handlers
 * @param suspects let lanes take turns at deliveries that run one at a time
 * @param dispatcher runs tasks on the dispatcher's thread
 * @param clock tells which deliveries are due and which attempts are late
 * @param nanoTime measures how long something takes
 */
public record LaneContext(Deliveries deliveries, Attempts attempts, Suspects suspects, Executor dispatcher,
		InstantSource clock, LongSupplier nanoTime) {

}
