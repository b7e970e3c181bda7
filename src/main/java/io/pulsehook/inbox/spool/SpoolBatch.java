package io.pulsehook.inbox.spool;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.pulsehook.inbox.model.NewEvent;

/**
 * Bodies whose events are stored together, all or none, so that their order stays.
 */
final class SpoolBatch {

	/** So many elements are stored at once at most, unless one body alone has more. */
	private static final int MOST_ELEMENTS = 1_000;

	private final BodyReader reader;

	private final List<SpooledBody> bodies = new ArrayList<>();

	private final List<NewEvent> events = new ArrayList<>();

	private @Nullable RuntimeException failure;

	private SpoolBatch(BodyReader reader) {
		this.reader = reader;
	}

	/**
	 * Puts as many bodies into a batch as belong there.
	 * @param waiting the bodies that wait, in their order
	 * @param reader reads their events
	 * @return the batch, which is not empty unless nothing waits
	 */
	static SpoolBatch of(List<SpooledBody> waiting, BodyReader reader) {
		SpoolBatch batch = new SpoolBatch(reader);
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
		if (!this.bodies.isEmpty() && this.events.size() + read.size() > MOST_ELEMENTS) {
			return false;
		}
		this.bodies.add(body);
		this.events.addAll(read);
		return true;
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
