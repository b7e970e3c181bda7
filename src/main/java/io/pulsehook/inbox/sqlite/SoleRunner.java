package io.pulsehook.inbox.sqlite;

import java.util.List;
import java.util.function.Consumer;

import io.pulsehook.inbox.commit.Writer;
import io.pulsehook.inbox.model.Arrivals;
import io.pulsehook.inbox.model.Subscription;
import io.pulsehook.inbox.write.Runner;
import io.pulsehook.inbox.write.Subscriptions;

/**
 * The runner of a database that only one process uses: nobody takes over its deliveries.
 */
final class SoleRunner implements Runner {

	private static final long ID = 0;

	private final Writer writer;

	SoleRunner(Writer writer) {
		this.writer = writer;
	}

	@Override
	public boolean join(List<Subscription> subscriptions, Consumer<Arrivals> listener) {
		return this.writer.submitSurely((session) -> {
			Subscriptions.delete(session, ID);
			Subscriptions.save(session, ID, subscriptions);
			session.subscriptions().load(session);
			return true;
		}).join();
	}

	@Override
	public void leave() {
		// Claims are kept in memory only, so that all of them are due at the next start.
	}

	@Override
	public long id() {
		return ID;
	}

	@Override
	public boolean holds(long claimedBy) {
		return true;
	}

	@Override
	public void close() {
		// There is nothing to release.
	}

}
