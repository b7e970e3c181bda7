package io.pulsehook.dispatch.lane;

import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

import io.pulsehook.inbox.Deliveries;

/**
 * What all lanes of a dispatcher share.
 *
 * @param deliveries what there is to run
 * @param attempts calls the handlers
 * @param suspects lets lanes take turns at what runs one at a time
 * @param dispatcher runs tasks on the dispatcher's thread
 * @param clock tells what is due and what is late
 * @param nanoTime measures how long something takes
 */
public record LaneContext(Deliveries deliveries, Attempts attempts, Suspects suspects, Executor dispatcher,
		InstantSource clock, LongSupplier nanoTime) {

}
