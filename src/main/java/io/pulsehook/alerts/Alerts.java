package io.pulsehook.alerts;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.pulsehook.dispatch.attempt.AttemptListener;
import io.pulsehook.failure.StackFrames;
import io.pulsehook.inbox.Inbox;
import io.pulsehook.inbox.figures.FigureQueries;
import io.pulsehook.inbox.figures.Figures;
import io.pulsehook.inbox.model.EventKind;
import io.pulsehook.inbox.model.InboxListener;
import io.pulsehook.inbox.model.InboxUnavailableException;
import io.pulsehook.inbox.model.NewEvent;
import io.pulsehook.inbox.model.NewEvent.Identity;
import io.pulsehook.inbox.model.Outage;
import io.pulsehook.inbox.spool.SpoolStatus;
import io.pulsehook.inbox.triage.GroupKey;
import io.pulsehook.reconcile.Reconciliation;
import io.pulsehook.threads.CoreThreads;
import io.pulsehook.threads.GuardedLoop;
import io.pulsehook.threads.PeriodicTask;

/**
 * Watches for trouble while the application runs. It stores alarms in the inbox, which
 * delivers them to {@link AlertHandler} and retries like any other delivery.
 */
public final class Alerts extends PeriodicTask implements AttemptListener, InboxListener {

	private static final Log logger = LogFactory.getLog(Alerts.class);

	private static final Duration INTERVAL = Duration.ofSeconds(2);

	/**
	 * How long shutdown waits for the last round, which takes a fraction of this: a
	 * commit or two.
	 */
	private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

	private static final int HASH_LENGTH = 16;

	/**
	 * The longest interval within which several processes tell the same trouble only
	 * once.
	 */
	private static final Duration LONGEST_COINCIDENCE = Duration.ofMinutes(10);

	/**
	 * All alarms have one key, so that they are posted in the order in which they were
	 * made.
	 */
	private static final long ORDERING_KEY = 0;

	private final AlertSettings settings;

	private final Inbox inbox;

	private final FigureQueries figures;

	private final Collection<String> handlers;

	private final InstantSource clock;

	private final Digest digest;

	private final Watch watch;

	private final List<Runnable> looks = new ArrayList<>();

	private @Nullable Supplier<SpoolStatus> spool;

	private Supplier<Set<GroupKey>> muted = Set::of;

	/**
	 * Creates alerts, which watch nothing until they are started.
	 * @param settings which trouble raises an alarm, and how often alarms are told
	 * @param inbox keeps the alarms
	 * @param figures tell what waits and what is dead
	 * @param handlers the ids of the handlers that are watched
	 * @param clock tells how long trouble has lasted
	 * @param threads watches the thread that looks for trouble
	 */
	public Alerts(AlertSettings settings, Inbox inbox, FigureQueries figures, Collection<String> handlers,
			InstantSource clock, CoreThreads threads) {
		super("pulsehook-alerts", INTERVAL, STOP_LIMIT, threads);
		this.settings = settings;
		this.inbox = inbox;
		this.figures = figures;
		this.handlers = handlers;
		this.clock = clock;
		this.digest = new Digest(settings.digest(), settings.pause());
		this.watch = new Watch(settings, this.digest, clock);
	}

	/**
	 * Tells of refused logins too.
	 * @param refused tells since when the login of which account is refused; asked by the
	 * thread that looks for trouble
	 */
	public void watchLogins(Supplier<Map<String, Instant>> refused) {
		this.looks.add(new LoginWatch(refused, this.digest)::look);
	}

	/**
	 * Tells of messages that SendPulse did not send too.
	 * @param newest lists the newest reconciliations; asked by the thread that looks for
	 * trouble
	 */
	public void watchReconciliations(Supplier<List<Reconciliation>> newest) {
		this.looks.add(new MissingWatch(newest, this.digest, this.clock)::look);
	}

	/**
	 * Tells of webhooks that could not be stored from the spool too, and that those of an
	 * outage were kept there.
	 * @param spool tells what is in the spool; asked by the thread that looks for trouble
	 * and by the one that writes
	 * @param machine names the machine that the spool is on; asked by the former
	 */
	public void watchSpool(Supplier<SpoolStatus> spool, Supplier<String> machine) {
		this.looks.add(new SpoolWatch(spool, machine, this.digest, this.clock)::look);
		this.spool = spool;
	}

	/**
	 * Raises no alarm for dead letters that nobody wants to hear of.
	 * @param muted tells which groups these are; asked by the thread that looks for
	 * trouble
	 */
	public void leaveOut(Supplier<Set<GroupKey>> muted) {
		this.muted = muted;
	}

	@Override
	public void ended(Attempt attempt) {
		this.watch.ended(attempt);
	}

	@Override
	public void recovered(Outage outage) {
		this.watch.recovered(outage, (this.spool != null) ? this.spool.get().waiting() : null);
	}

	@Override
	protected Duration run(GuardedLoop self) {
		runOnce();
		return INTERVAL;
	}

	// Logs a failed round only if the round before succeeded, so that a long outage does
	// not fill the log. The next round tries again.
	private void runOnce() {
		attempt(() -> {
			look();
			tell();
		}, (ex) -> logger.error("Looking for trouble failed and is tried again every two seconds. Until it succeeds, "
				+ "new alarms are late. " + StackFrames.of(ex)));
	}

	private void look() {
		Figures figures = this.figures.get();
		if (figures != null) {
			this.watch.leaveOut(new MutedGroups(this.muted.get()));
			this.watch.lookAt(figures, this.handlers);
		}
		this.watch.lookAtFailures();
		this.looks.forEach(Runnable::run);
	}

	private void tell() {
		Instant now = this.clock.instant();
		List<Alarm> alarms = (this.inbox.outage() == null) ? this.digest.next(now) : List.of();
		if (alarms.isEmpty()) {
			return;
		}
		try {
			this.inbox.store(List.of(event(new Alert(now, alarms))));
		}
		catch (InboxUnavailableException ex) {
			this.digest.giveBack(alarms);
		}
	}

	private NewEvent event(Alert alert) {
		return new NewEvent("pulsehook", EventKind.ALERT, AlertHandler.TYPE, null, null, null, null, ORDERING_KEY,
				identity(alert), null, "Not an event: an alarm of Pulsehook itself", alert.toBytes(), 0);
	}

	// Other replicas see the same trouble, and so does a process that is restarted again
	// and again. All of them store the alarm under the same identity within one interval,
	// so that it is told once. The interval is short, so that trouble which comes back is
	// told again. A rest is told once however long it takes, and so is a pause that was
	// asked for: all know when it began.
	private Identity identity(Alert alert) {
		long interval = Math.min(this.settings.digest().toMillis(), LONGEST_COINCIDENCE.toMillis());
		boolean states = alert.alarms().stream().allMatch(Alarm::isOfState);
		long beginning = states ? 0 : alert.at().toEpochMilli() / interval * interval;
		StringBuilder subjects = new StringBuilder();
		for (Alarm alarm : alert.alarms()) {
			subjects.append(alarm.subject()).append(alarm.eventId());
			if (alarm.isOfState()) {
				subjects.append(alarm.since());
			}
			subjects.append('\n');
		}
		byte[] key = ByteBuffer.allocate(Long.BYTES + HASH_LENGTH)
			.putLong(beginning)
			.put(sha256(subjects.toString()), 0, HASH_LENGTH)
			.array();
		return new Identity(key, false);
	}

	private static byte[] sha256(String text) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

	/** Stores the alarms that have not been told yet, and stops watching. */
	@Override
	public void stop() {
		boolean running = isRunning();
		super.stop();
		if (running && !Thread.currentThread().isInterrupted()) {
			runOnce();
		}
	}

}
