package io.pulsehook.observe;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.LongStream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;

import io.pulsehook.inbox.Inbox;
import io.pulsehook.inbox.figures.FigureQueries;
import io.pulsehook.inbox.figures.Figures;
import io.pulsehook.inbox.model.InboxListener;
import io.pulsehook.inbox.model.NewEvent;

/**
 * The metrics of the inbox: the events that arrive, and the commits that store them.
 */
public final class InboxMeters implements InboxListener {

	private static final double MILLIS_PER_SECOND = 1000;

	private static final Duration[] COMMIT_BUCKETS = LongStream.of(1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 5000)
		.mapToObj(Duration::ofMillis)
		.toArray(Duration[]::new);

	private static final double[] GROUP_BUCKETS = { 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000 };

	private final EventMeters events;

	private final Timer commits;

	private final DistributionSummary groups;

	private final Counter takeovers;

	/**
	 * Registers the meters and begins to listen.
	 * @param registry where they are registered
	 * @param inbox tells of what it does
	 * @param figures know when the last event was received
	 * @param clock tells how long ago that was
	 */
	public InboxMeters(MeterRegistry registry, Inbox inbox, FigureQueries figures, InstantSource clock) {
		this.events = new EventMeters(registry);
		this.commits = Timer.builder("pulsehook.commits")
			.description("Time to write a group and have it on disk")
			.serviceLevelObjectives(COMMIT_BUCKETS)
			.register(registry);
		this.groups = DistributionSummary.builder("pulsehook.commit.writes")
			.description("Writes that shared a commit")
			.serviceLevelObjectives(GROUP_BUCKETS)
			.register(registry);
		this.takeovers = Counter.builder("pulsehook.takeovers")
			.description("Replicas that died and whose deliveries were taken over")
			.register(registry);
		Gauge.builder("pulsehook.inbox.writable", inbox, (observed) -> (observed.outage() == null) ? 1 : 0)
			.description("1 while events can be stored, else 0")
			.register(registry);
		Gauge.builder("pulsehook.last.event.age", figures, (observed) -> age(observed.get(), clock))
			.description("Time since the last event was received")
			.baseUnit("seconds")
			.register(registry);
		inbox.listen(this);
	}

	private static double age(@Nullable Figures figures, InstantSource clock) {
		Instant last = (figures != null) ? figures.lastEvent() : null;
		return (last != null) ? Duration.between(last, clock.instant()).toMillis() / MILLIS_PER_SECOND : Double.NaN;
	}

	@Override
	public void committed(int writes, Duration took) {
		this.commits.record(took);
		this.groups.record(writes);
	}

	@Override
	public void stored(NewEvent event, boolean duplicate) {
		if (!event.isAlert()) {
			this.events.count(event, duplicate);
		}
	}

	@Override
	public void tookOver(int replicas) {
		this.takeovers.increment(replicas);
	}

}
