package io.pulsehook.alerts;

import java.time.InstantSource;
import java.util.function.Supplier;

import io.pulsehook.alerts.Alarm.Kind;
import io.pulsehook.alerts.Alarm.Subject;
import io.pulsehook.inbox.spool.SpoolStatus;

/**
 * Notices webhooks in the spool that could not be stored, and tells when there are more
 * of them than before. Used by one thread.
 */
final class SpoolWatch {

	private final Supplier<SpoolStatus> spool;

	private final Supplier<String> machine;

	private final Digest digest;

	private final InstantSource clock;

	private long known;

	/**
	 * Creates a watch.
	 * @param spool tells what is in the spool
	 * @param machine names the machine, since each has a spool of its own
	 * @param digest takes the alarms
	 * @param clock tells the present time
	 */
	SpoolWatch(Supplier<SpoolStatus> spool, Supplier<String> machine, Digest digest, InstantSource clock) {
		this.spool = spool;
		this.machine = machine;
		this.digest = digest;
		this.clock = clock;
	}

	void look() {
		long refused = this.spool.get().refused();
		if (refused > this.known) {
			this.digest.add(Alarm.spool(this.machine.get(), this.clock.instant(), refused));
		}
		else if (refused == 0 && this.known > 0) {
			this.digest.withdraw(new Subject(Kind.SPOOL, this.machine.get()));
		}
		this.known = refused;
	}

}
