package io.pulsehook.console.deadletters;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

import io.pulsehook.console.frame.ConsoleSettings;
import io.pulsehook.console.frame.DeadCount;
import io.pulsehook.event.EventReader;
import io.pulsehook.inbox.query.DeadLetter;
import io.pulsehook.inbox.query.DeadLetters;
import io.pulsehook.inbox.query.StoredEvents;

/**
 * Keeps the newest snapshot of all dead letters, from which every page has its numbers.
 * Few letters are read whenever somebody asks, so that a page is right at once after they
 * have run again. Many are read by a thread of their own while somebody looks, and not
 * oftener than in one part of twenty of the time.
 */
public final class DeadLetterGroups implements DeadCount {

	private static final String ATTRIBUTE = DeadLetterGroups.class.getName();

	private static final int FEW = 500;

	private static final int AT_ONCE = 2_000;

	private static final int FRACTION = 20;

	private static final long SHORTEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(2);

	/** A page waits so long for a new snapshot before it shows the former one. */
	private static final Duration PATIENCE = Duration.ofMillis(120);

	private final DeadLetters letters;

	private final ConsoleSettings settings;

	private final PaymentSums sums;

	private volatile @Nullable Snapshot last;

	private CompletableFuture<Void> pass = CompletableFuture.completedFuture(null);

	private long validUntil = System.nanoTime();

	/**
	 * Creates it without a snapshot.
	 * @param letters the dead letters
	 * @param events their events
	 * @param reader reads the payments among these
	 * @param settings has the clock that the database goes by
	 */
	public DeadLetterGroups(DeadLetters letters, StoredEvents events, EventReader reader, ConsoleSettings settings) {
		this.letters = letters;
		this.settings = settings;
		this.sums = new PaymentSums(events, reader);
	}

	@Override
	public @Nullable Long letters() {
		Snapshot snapshot = snapshot();
		return (snapshot != null) ? snapshot.letters() : null;
	}

	/**
	 * Lists why deliveries failed for good, by handler.
	 * @return the causes of each handler that has dead letters, the most frequent first;
	 * {@code null} while they are being counted for the first time
	 */
	public @Nullable Map<String, List<Cause>> causes() {
		Snapshot snapshot = snapshot();
		if (snapshot == null) {
			return null;
		}
		return snapshot.groups()
			.stream()
			.collect(Collectors.groupingBy(LetterGroup::handler, Collectors.mapping(Cause::of, Collectors.toList())));
	}

	/**
	 * Returns the newest snapshot. Within one request it is always the same, so that all
	 * numbers of a page agree.
	 * @return the snapshot, or {@code null} while the first one of many letters is taken
	 */
	@Nullable Snapshot snapshot() {
		RequestAttributes request = RequestContextHolder.getRequestAttributes();
		if (request == null) {
			return newest();
		}
		Object known = request.getAttribute(ATTRIBUTE, RequestAttributes.SCOPE_REQUEST);
		if (known instanceof Snapshot snapshot) {
			return snapshot;
		}
		Snapshot newest = newest();
		if (newest != null) {
			request.setAttribute(ATTRIBUTE, newest, RequestAttributes.SCOPE_REQUEST);
		}
		return newest;
	}

	private @Nullable Snapshot newest() {
		Snapshot known = this.last;
		if (known == null || known.letters() <= FEW) {
			Snapshot few = few();
			if (few != null) {
				this.last = few;
				return few;
			}
		}
		await(pass());
		Snapshot newest = this.last;
		return (newest != null && newest.past()) ? newest : null;
	}

	private @Nullable Snapshot few() {
		List<DeadLetter> few = this.letters.list(null, FEW + 1);
		if (few.size() > FEW) {
			return null;
		}
		Snapshot.Builder builder = new Snapshot.Builder(this.sums);
		builder.add(few);
		return builder.build(this.settings.clock().instant(), false);
	}

	// Returns the pass that is under way, or begins one if the last snapshot is too old.
	private synchronized CompletableFuture<Void> pass() {
		if (this.pass.isDone() && System.nanoTime() - this.validUntil >= 0) {
			this.pass = CompletableFuture.runAsync(this::readAll, (task) -> {
				Thread thread = new Thread(task, "pulsehook-dead-letters");
				thread.setDaemon(true);
				thread.start();
			});
		}
		return this.pass;
	}

	private void readAll() {
		Instant at = this.settings.clock().instant();
		long began = System.nanoTime();
		Snapshot.Builder builder = new Snapshot.Builder(this.sums);
		List<DeadLetter> some = this.letters.list(null, AT_ONCE);
		builder.add(some);
		while (some.size() == AT_ONCE) {
			some = this.letters.list(some.get(some.size() - 1).place(), AT_ONCE);
			builder.add(some);
		}
		this.last = builder.build(at, true);
		long took = System.nanoTime() - began;
		this.validUntil = began + took + Math.max(SHORTEST_PAUSE_NANOS, FRACTION * took);
	}

	private static void await(CompletableFuture<Void> pass) {
		try {
			pass.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (TimeoutException ex) {
			// The page shows the former snapshot, and looks again.
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() instanceof RuntimeException cause) ? cause : new IllegalStateException(ex.getCause());
		}
	}

}
