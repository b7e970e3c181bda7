package io.pulsehook.console.deadletters;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

import io.pulsehook.console.frame.ConsoleSettings;
import io.pulsehook.console.frame.DeadCount;
import io.pulsehook.event.EventReader;
import io.pulsehook.inbox.query.StoredEvents;
import io.pulsehook.inbox.triage.DeadLetter;
import io.pulsehook.inbox.triage.DeadLetters;
import io.pulsehook.threads.BackgroundValue;
import io.pulsehook.threads.BackgroundValue.Known;

/**
 * Keeps the newest snapshot of all dead letters, from which every page has its numbers.
 * Few letters are read whenever somebody asks, so that a page is right at once after they
 * have run again. Many are read in the background while somebody looks.
 */
public final class DeadLetterGroups implements DeadCount {

	private static final String ATTRIBUTE = DeadLetterGroups.class.getName();

	private static final int FEW = 500;

	private static final int AT_ONCE = 2_000;

	private final DeadLetters letters;

	private final ConsoleSettings settings;

	private final PaymentSums sums;

	private final BackgroundValue<Snapshot> all;

	/** Whether there were too many to be read at once when somebody last looked. */
	private volatile boolean many;

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
		this.all = new BackgroundValue<>(this::readAll, DeadLetterGroups::runAside, settings.clock());
	}

	@Override
	public @Nullable Long letters() {
		Snapshot snapshot = snapshot();
		return (snapshot != null) ? snapshot.letters() : null;
	}

	/**
	 * Lists why deliveries failed for good, by handler.
	 * @return the causes of each handler that has dead letters, the most frequent first;
	 * {@code null} while they are being counted and nobody has looked for long
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
	 * @return the snapshot, or {@code null} while one of many letters is taken and nobody
	 * has looked for long
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
		Snapshot few = this.many ? null : few();
		if (few != null) {
			return few;
		}
		Known<Snapshot> known = this.all.get();
		this.many = known == null || known.value().letters() > FEW;
		return (known != null) ? known.value() : null;
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

	private Snapshot readAll() {
		Instant at = this.settings.clock().instant();
		Snapshot.Builder builder = new Snapshot.Builder(this.sums);
		List<DeadLetter> some = this.letters.list(null, AT_ONCE);
		builder.add(some);
		while (some.size() == AT_ONCE) {
			some = this.letters.list(some.get(some.size() - 1).place(), AT_ONCE);
			builder.add(some);
		}
		return builder.build(at, true);
	}

	private static void runAside(Runnable pass) {
		Thread thread = new Thread(pass, "pulsehook-dead-letters");
		thread.setDaemon(true);
		thread.start();
	}

}
