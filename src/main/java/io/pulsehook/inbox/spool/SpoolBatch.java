package io.pulsehook.inbox.spool;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.pulsehook.inbox.model.NewEvent;

/**
 * Bodies whose events are stored together, all or none, so that their order stays.
 */
final class SpoolBatch {

	/** So many elements are stored at once at most, unless one body alone has more. */
	private static final int MOST_ELEMENTS = 1_000;

	private final BodyReader reader;

	private final Duration dedupWindow;

	private final List<SpooledBody> bodies = new ArrayList<>();

	private final List<NewEvent> events = new ArrayList<>();

	/** When the elements arrived that only their window tells apart, by their keys. */
	private final Map<ByteBuffer, Instant> windowed = new HashMap<>();

	private @Nullable RuntimeException failure;

	private SpoolBatch(BodyReader reader, Duration dedupWindow) {
		this.reader = reader;
		this.dedupWindow = dedupWindow;
	}

	/**
	 * Puts as many bodies into a batch as belong there.
	 * @param waiting the bodies that wait, in their order
	 * @param reader reads their events
	 * @param dedupWindow the window of equal elements
	 * @return the batch, which is not empty unless nothing waits
	 */
	static SpoolBatch of(List<SpooledBody> waiting, BodyReader reader, Duration dedupWindow) {
		SpoolBatch batch = new SpoolBatch(reader, dedupWindow);
		for (SpooledBody body : waiting) {
			if (!batch.add(body)) {
				break;
			}
		}
		return batch;
	}

	private boolean add(SpooledBody body) {
		try {
			List<NewEvent> read = this.reader.read(body.source(), body.body())
				.stream()
				.map((event) -> event.arrivedAt(body.arrivedAt()))
				.toList();
			return add(body, read);
		}
		catch (RuntimeException ex) {
			if (this.bodies.isEmpty()) {
				this.bodies.add(body);
				this.failure = ex;
			}
			return false;
		}
	}

	private boolean add(SpooledBody body, List<NewEvent> read) {
		boolean fits = this.events.size() + read.size() <= MOST_ELEMENTS
				&& read.stream().noneMatch(this::isAnotherOfItsKey);
		if (!fits && !this.bodies.isEmpty()) {
			return false;
		}
		this.bodies.add(body);
		this.events.addAll(read);
		read.stream()
			.filter((event) -> event.identity().windowed())
			.forEach((event) -> this.windowed.putIfAbsent(key(event), body.arrivedAt()));
		return true;
	}

	// The database would take equal elements of one statement for one, however far apart
	// they arrived.
	private boolean isAnotherOfItsKey(NewEvent event) {
		Instant former = event.identity().windowed() ? this.windowed.get(key(event)) : null;
		return former != null && !former.isAfter(event.arrival(former).minus(this.dedupWindow));
	}

	private static ByteBuffer key(NewEvent event) {
		return ByteBuffer.wrap(event.identity().key());
	}

	boolean isEmpty() {
		return this.bodies.isEmpty();
	}

	List<SpooledBody> bodies() {
		return this.bodies;
	}

	List<NewEvent> events() {
		return this.events;
	}

	/** Why the only body cannot be read, or {@code null} if all were. */
	@Nullable RuntimeException failure() {
		return this.failure;
	}

}
