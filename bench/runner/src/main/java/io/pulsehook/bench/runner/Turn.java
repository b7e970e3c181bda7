package io.pulsehook.bench.runner;

import java.time.Duration;

/**
 * What one target did while it was loaded once, until the last delivery had ended.
 *
 * @param target what was loaded
 * @param load what was posted and answered
 * @param events how many events were stored
 * @param service what the service's process took of the processors
 * @param database what the processes of the database's server took of them
 */
record Turn(Target target, Load load, long events, Duration service, Duration database) {

	private static final double NANOS_PER_MICRO = 1000;

	static Turn take(Target target, Posting posting) throws Exception {
		Store store = target.requiredStore();
		// Counting takes the database's processors, and is kept out of what is measured.
		long events = store.events();
		Duration database = store.processorTime();
		Duration service = target.server().processorTime();
		Load load = posting.to(target);
		service = target.server().processorTime().minus(service);
		database = store.processorTime().minus(database);
		return new Turn(target, load, store.events() - events, service, database);
	}

	double perSecond() {
		return this.load.perSecond();
	}

	double serviceMicros() {
		return micros(this.service);
	}

	double databaseMicros() {
		return micros(this.database);
	}

	// Of each event.
	private double micros(Duration time) {
		return time.toNanos() / NANOS_PER_MICRO / this.events;
	}

	/** Loads a target, and waits until its deliveries have ended. */
	@FunctionalInterface
	interface Posting {

		Load to(Target target) throws Exception;

	}

}
