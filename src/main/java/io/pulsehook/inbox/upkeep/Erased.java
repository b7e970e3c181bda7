package io.pulsehook.inbox.upkeep;

/**
 * What an erasure took away.
 *
 * @param events how many events
 * @param deliveries how many deliveries of these events
 * @param attempts how many attempts of these deliveries that were kept, with their error
 * texts
 * @param kept how many events are stored under the same id, which is cut to 200
 * characters, but are another contact's: they were kept
 */
public record Erased(long events, long deliveries, long attempts, long kept) {

	static final Erased NOTHING = new Erased(0, 0, 0, 0);

	Erased plus(Erased other) {
		return new Erased(this.events + other.events, this.deliveries + other.deliveries,
				this.attempts + other.attempts, this.kept + other.kept);
	}

}
