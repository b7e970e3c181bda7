package io.pulsehook.inbox.write;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import io.pulsehook.files.OwnerOnly;
import io.pulsehook.inbox.model.DueDelivery;

/**
 * Which deliveries handlers are at work on just now. Every attempt writes here, and
 * therefore into memory only. If the memory is that of a mapped file, the operating
 * system keeps it however the process ends, and the next process finds what the last one
 * was working on.
 */
public final class AtWork implements AutoCloseable {

	static final String FILE = "handlers.running";

	private static final VarHandle LONG = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

	/**
	 * More than there are threads of handlers. A delivery without a slot is not recorded.
	 */
	private static final int SLOTS = 4_096;

	/** The bytes before the first slot. They hold the number of the list. */
	private static final int HEADER = 64;

	/**
	 * The bytes of a slot: the event's id or 0 if it is free, the handler's mark, the
	 * run.
	 */
	private static final int SLOT = 32;

	private static final int NONE = -1;

	private final ByteBuffer memory;

	private final BlockingQueue<Integer> free = new ArrayBlockingQueue<>(SLOTS, false,
			IntStream.range(0, SLOTS).boxed().toList());

	private final AtomicReferenceArray<@Nullable Thread> threads = new AtomicReferenceArray<>(SLOTS);

	private volatile boolean closed;

	private AtWork(ByteBuffer memory) {
		this.memory = memory;
	}

	/**
	 * Creates a list that is lost with the process, for databases where other replicas
	 * find out what a dead one was working on.
	 * @return an empty list
	 */
	public static AtWork inMemory() {
		return new AtWork(ByteBuffer.allocateDirect(HEADER + SLOTS * SLOT));
	}

	/**
	 * Opens the list in a data directory, with what the last process left there.
	 * @param directory the data directory
	 * @return the list
	 * @throws IOException if its file cannot be opened
	 */
	public static AtWork in(Path directory) throws IOException {
		Path file = directory.resolve(FILE);
		OwnerOnly.restrict(file);
		try (FileChannel channel = OwnerOnly.open(file,
				Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE))) {
			// Fill the file before it is mapped: touching a mapped page for which the
			// disk has no room would end the process.
			long missing = HEADER + SLOTS * SLOT - channel.size();
			if (missing > 0) {
				channel.write(ByteBuffer.allocate((int) missing), channel.size());
			}
			return new AtWork(channel.map(FileChannel.MapMode.READ_WRITE, 0, HEADER + SLOTS * SLOT));
		}
	}

	/**
	 * Returns a random number that tells this list from earlier ones in the same file.
	 * @return the number
	 */
	public long number() {
		return this.memory.getLong(0);
	}

	/**
	 * Returns what handlers were at work on when the last process ended.
	 * @return the deliveries, before {@link #clear} has been called
	 */
	public List<Left> left() {
		List<Left> left = new ArrayList<>();
		for (int at = HEADER; at < HEADER + SLOTS * SLOT; at += SLOT) {
			if (this.memory.getLong(at) != 0) {
				left.add(new Left(this.memory.getLong(at), this.memory.getLong(at + 8), this.memory.getInt(at + 16)));
			}
		}
		return left;
	}

	/** Begins an empty list with a number of its own. */
	public void clear() {
		for (int slot = 0; slot < SLOTS; slot++) {
			set(slot, 0);
		}
		this.memory.putLong(0, ThreadLocalRandom.current().nextLong());
	}

	/**
	 * Records the delivery that the calling handler thread is about to work on.
	 * @param delivery the delivery
	 * @return the slot, to be given to {@link #end} when the work has ended
	 */
	public int begin(DueDelivery delivery) {
		Integer slot = this.free.poll();
		if (slot == null || this.closed) {
			return NONE;
		}
		int at = HEADER + slot * SLOT;
		this.threads.setRelease(slot, Thread.currentThread());
		this.memory.putLong(at + 8, mark(delivery.handler()));
		this.memory.putInt(at + 16, delivery.run());
		set(slot, delivery.eventId());
		return slot;
	}

	/**
	 * Records that the work has ended.
	 * @param slot what {@link #begin} returned
	 */
	public void end(int slot) {
		if (slot == NONE || this.closed) {
			return;
		}
		set(slot, 0);
		this.threads.setRelease(slot, null);
		this.free.add(slot);
	}

	// Writes the id after everything else, so that no slot is read half written.
	private void set(int slot, long event) {
		LONG.setRelease(this.memory, HEADER + slot * SLOT, event);
	}

	/**
	 * Whether a handler has called {@code System.exit} and is waiting for the process to
	 * end.
	 * @return {@code true} if so
	 */
	public boolean isEnding() {
		return IntStream.range(0, SLOTS).anyMatch(this::isEnding);
	}

	private boolean isEnding(int slot) {
		Thread thread = this.threads.getAcquire(slot);
		return thread != null && Arrays.stream(thread.getStackTrace())
			.anyMatch((frame) -> frame.getClassName().equals(Runtime.class.getName())
					&& frame.getMethodName().equals("exit"));
	}

	// Makes a handler's id, which can be long, fit into a slot.
	private static long mark(String handler) {
		return ((long) handler.hashCode() << Integer.SIZE) | handler.length();
	}

	/**
	 * Frees all slots when the process ends in order, but for those of handlers that are
	 * themselves ending it.
	 */
	@Override
	public void close() {
		this.closed = true;
		for (int slot = 0; slot < SLOTS; slot++) {
			if (!isEnding(slot)) {
				set(slot, 0);
			}
		}
	}

	/**
	 * A delivery that a handler was at work on.
	 *
	 * @param event the event's id
	 * @param mark a hash of the handler's id
	 * @param run the run of the delivery
	 */
	public record Left(long event, long mark, int run) {

		/**
		 * Whether it can be this handler's; others with the same hash are possible.
		 * @param handler the handler's id
		 * @return {@code true} if so
		 */
		public boolean isOf(String handler) {
			return this.mark == AtWork.mark(handler);
		}

	}

}
