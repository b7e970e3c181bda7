package io.pulsehook.threads;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Watches the threads of Pulsehook itself. A thread is lost if it has ended without
 * having been stopped, or has failed in every turn for too long.
 */
public final class CoreThreads {

	private static final Log logger = LogFactory.getLog(CoreThreads.class);

	private static final Duration PATIENCE = Duration.ofMinutes(1);

	private final Set<GuardedLoop> watched = ConcurrentHashMap.newKeySet();

	private final Set<GuardedLoop> lost = ConcurrentHashMap.newKeySet();

	private final Duration patience;

	private volatile Consumer<String> listener = (thread) -> {
	};

	public CoreThreads() {
		this(PATIENCE);
	}

	public CoreThreads(Duration patience) {
		this.patience = patience;
	}

	/**
	 * Returns how long a thread may fail before it counts as lost.
	 * @return the time
	 */
	Duration patience() {
		return this.patience;
	}

	void watch(GuardedLoop loop) {
		this.watched.add(loop);
		// The loop may have ended before it was added.
		if (loop.isStopped() && !loop.isAlive()) {
			forget(loop);
		}
	}

	void forget(GuardedLoop loop) {
		this.watched.remove(loop);
		this.lost.remove(loop);
	}

	void recover(GuardedLoop loop) {
		this.lost.remove(loop);
	}

	/**
	 * Marks a loop as lost. If it is vital, the listener is told so, once.
	 * @param loop the loop
	 */
	void lose(GuardedLoop loop) {
		if (this.lost.add(loop) && loop.isVital()) {
			logger.error("The thread '" + loop.name() + "' is lost, without which this process is of no use. "
					+ "Restart the process: nothing that was acknowledged is lost.");
			this.listener.accept(loop.name());
		}
	}

	/**
	 * Sets the listener that is told when a vital thread is lost. It is called on that
	 * thread.
	 * @param listener gets the thread's name
	 */
	public void whenLost(Consumer<String> listener) {
		this.listener = listener;
	}

	/**
	 * The lost threads without which the process is of no use.
	 * @return their names
	 */
	public List<String> lostVital() {
		return lost(GuardedLoop::isVital);
	}

	/**
	 * The lost threads that the process can do without for a while.
	 * @return their names
	 */
	public List<String> lostOthers() {
		return lost((loop) -> !loop.isVital());
	}

	private List<String> lost(Predicate<GuardedLoop> kind) {
		return this.watched.stream().filter(kind).filter(this::isLost).map(GuardedLoop::name).sorted().toList();
	}

	private boolean isLost(GuardedLoop loop) {
		return this.lost.contains(loop) || (!loop.isAlive() && !loop.isStopped())
				|| loop.failsFor().compareTo(this.patience) > 0;
	}

}
