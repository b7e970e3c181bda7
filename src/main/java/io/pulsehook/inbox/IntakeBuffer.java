package io.pulsehook.inbox;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;

import org.jspecify.annotations.Nullable;

import io.pulsehook.inbox.commit.Deadlines;
import io.pulsehook.inbox.commit.Writer;
import io.pulsehook.inbox.model.InboxUnavailableException;
import io.pulsehook.inbox.model.NewEvent;
import io.pulsehook.inbox.write.Intake;
import io.pulsehook.inbox.write.IntakeWrite;
import io.pulsehook.inbox.write.Subscriptions;

/**
 * Limits how many bytes of events wait for their commit at once, and for how long. Events
 * beyond these limits are refused: otherwise they could fill the memory, and their
 * senders would wait for ever.
 */
final class IntakeBuffer {

	private static final int KILOBYTE = 1024;

	private final Writer writer;

	private final Deadlines deadlines;

	private final Duration dedupWindow;

	private final int size;

	private final Semaphore room;

	private final Subscriptions subscriptions;

	IntakeBuffer(Writer writer, Deadlines deadlines, InboxSettings settings, Subscriptions subscriptions) {
		this.subscriptions = subscriptions;
		this.writer = writer;
		this.deadlines = deadlines;
		this.dedupWindow = settings.dedupWindow();
		this.size = Math.toIntExact(settings.buffer().toKilobytes());
		this.room = new Semaphore(this.size);
	}

	/**
	 * Stores the elements of one request and returns when they are on disk.
	 * @param incoming the elements, in their order
	 * @param trace the trace context that their deliveries go on with, or {@code null}
	 * @param placed is run when they have their place among all that waits
	 * @return what became of them
	 * @throws InboxUnavailableException if they were not stored in time, or too much
	 * waits
	 */
	Intake store(List<NewEvent> incoming, @Nullable String trace, Runnable placed) {
		int kilobytes = kilobytes(incoming);
		if (!this.room.tryAcquire(kilobytes)) {
			throw new InboxUnavailableException("Too many events wait for their commit.", null);
		}
		try {
			CompletableFuture<Intake> intake = this.writer.submit(new IntakeWrite(incoming, this.dedupWindow, trace));
			placed.run();
			return await(intake);
		}
		finally {
			this.room.release(kilobytes);
		}
	}

	boolean filtersByMessage() {
		return this.subscriptions.filterByMessage();
	}

	// Returns the room that a request takes. A request that is alone always fits, however
	// large it is.
	private int kilobytes(List<NewEvent> events) {
		int sum = events.stream().mapToInt((event) -> 1 + event.body().length / KILOBYTE).sum();
		return Math.min(sum, this.size);
	}

	private Intake await(CompletableFuture<Intake> intake) {
		try {
			this.deadlines.limit(intake);
			return intake.get();
		}
		catch (ExecutionException ex) {
			throw new InboxUnavailableException("Nothing is known to be stored.", ex.getCause());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new InboxUnavailableException("Interrupted while waiting for the commit.", ex);
		}
	}

}
