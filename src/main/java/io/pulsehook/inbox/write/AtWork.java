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
 * Which deliveries handlers are at work on just now. Written with every attempt, and
 * therefore to memory alone: where it is that of a file, the operating system keeps it
 * when the process ends, however it ends, and the next one finds what ended it.
 */
public final class AtWork implements AutoCloseable {

	static final String FILE = "handlers.running";

	private static final VarHandle LONG = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

	/** More than there are threads of handlers: what finds none is not recorded. */
	private static final int SLOTS = 4_096;

	/** The number of this list, and nothing else. */
	private static final int HEADER = 64;

	/** An event's id, or 0 while it is free; what stands for a handler; and the run. */
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

	// Of a process whose end others find out.
	public static AtWork inMemory() {
		return new AtWork(ByteBuffer.allocateDirect(HEADER + SLOTS * SLOT));
	}

	// With what the last process left there.
	public static AtWork in(Path directory) throws IOException {
		Path file = directory.resolve(FILE);
		OwnerOnly.restrict(file);
		try (FileChannel channel = OwnerOnly.open(file,
				Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE))) {
			// What is not there yet is written: memory of a file for which there is no
			// room on the disk would end the process.
			long missing = HEADER + SLOTS * SLOT - channel.size();
			if (missing > 0) {
				channel.write(ByteBuffer.allocate((int) missing), channel.size());
			}
			return new AtWork(channel.map(FileChannel.MapMode.READ_WRITE, 0, HEADER + SLOTS * SLOT));
		}
	}

	// Tells this list from those that were there before.
	long number() {
		return this.memory.getLong(0);
	}

	// What handlers were at work on when the last process ended.
	List<Left> left() {
		List<Left> left = new ArrayList<>();
		for (int at = HEADER; at < HEADER + SLOTS * SLOT; at += SLOT) {
			if (this.memory.getLong(at) != 0) {
				left.add(new Left(this.memory.getLong(at), this.memory.getLong(at + 8), this.memory.getInt(at + 16)));
			}
		}
		return left;
	}

	// Begins an empty list.
	void clear() {
		for (int slot = 0; slot < SLOTS; slot++) {
			set(slot, 0);
		}
		this.memory.putLong(0, ThreadLocalRandom.current().nextLong());
	}

	// Says, on a handler's thread, what it is about to begin, and returns by what to say
	// that it has ended.
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

	public void end(int slot) {
		if (slot == NONE || this.closed) {
			return;
		}
		set(slot, 0);
		this.threads.setRelease(slot, null);
		this.free.add(slot);
	}

	// The id last, so that no slot is read half written.
	private void set(int slot, long event) {
		LONG.setRelease(this.memory, HEADER + slot * SLOT, event);
	}

	// Whether one of the handlers is ending the process, and waits for its end.
	public boolean isEnding() {
		return IntStream.range(0, SLOTS).anyMatch(this::isEnding);
	}

	private boolean isEnding(int slot) {
		Thread thread = this.threads.getAcquire(slot);
		return thread != null && Arrays.stream(thread.getStackTrace())
			.anyMatch((frame) -> frame.getClassName().equals(Runtime.class.getName())
					&& frame.getMethodName().equals("exit"));
	}

	// Of fixed length, whatever a handler is called.
	private static long mark(String handler) {
		return ((long) handler.hashCode() << Integer.SIZE) | handler.length();
	}

	/** Ends in order: nothing is to blame but what is just ending the process. */
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
	 * What a handler was at work on.
	 *
	 * @param event the event's id
	 * @param mark what stands for the handler
	 * @param run the run of the delivery
	 */
	record Left(long event, long mark, int run) {

		boolean isOf(String handler) {
			return this.mark == AtWork.mark(handler);
		}

	}

}
