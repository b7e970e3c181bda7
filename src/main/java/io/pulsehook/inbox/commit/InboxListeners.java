package io.pulsehook.inbox.commit;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.pulsehook.failure.StackFrames;
import io.pulsehook.inbox.model.InboxListener;
import io.pulsehook.inbox.model.NewEvent;
import io.pulsehook.inbox.model.Outage;

/**
 * Passes on to several listeners what happens. One that fails harms none of the others.
 */
public final class InboxListeners implements InboxListener {

	private static final Log logger = LogFactory.getLog(InboxListeners.class);

	private final List<InboxListener> listeners = new CopyOnWriteArrayList<>();

	public void add(InboxListener listener) {
		this.listeners.add(listener);
	}

	@Override
	public void committed(int writes, Duration took) {
		tell((listener) -> listener.committed(writes, took));
	}

	@Override
	public void stored(NewEvent event, boolean duplicate) {
		tell((listener) -> listener.stored(event, duplicate));
	}

	@Override
	public void recovered(Outage outage) {
		tell((listener) -> listener.recovered(outage));
	}

	@Override
	public void tookOver(int replicas) {
		tell((listener) -> listener.tookOver(replicas));
	}

	private void tell(Consumer<InboxListener> told) {
		for (InboxListener listener : this.listeners) {
			try {
				told.accept(listener);
			}
			catch (RuntimeException ex) {
				logger.warn("A listener of the inbox failed and has missed what happened. Nothing else is affected. "
						+ StackFrames.of(ex));
			}
		}
	}

}
