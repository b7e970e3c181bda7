package io.pulsehook.inbox.spool;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.pulsehook.inbox.model.InboxUnavailableException;

/**
 * The bodies that the inbox refused although it could store others.
 */
final class RefusedBodies {

	private final SpoolTable table;

	private final SpoolWriter writer;

	private final SpoolCounts counts;

	RefusedBodies(SpoolTable table, SpoolWriter writer, SpoolCounts counts) {
		this.table = table;
		this.writer = writer;
		this.counts = counts;
	}

	List<RefusedBody> newest(int most) {
		return this.table.refused(most);
	}

	byte @Nullable [] body(long id) {
		return this.table.refusedBody(id);
	}

	/**
	 * Lets a body wait behind all others.
	 * @throws InboxUnavailableException if the file cannot be written
	 */
	void append(long id) {
		SpoolTask<Boolean> task = this.writer.submit(SpoolTable.append(id));
		task.await(task.future().whenComplete((found, ex) -> {
			if (ex == null && found) {
				this.counts.tried();
			}
		}));
	}

	/**
	 * Deletes a body.
	 * @return {@code false} if there is no such body
	 * @throws InboxUnavailableException if the file cannot be written
	 */
	boolean delete(long id) {
		SpoolTask<Long> task = this.writer.submit(SpoolTable.deleteRefused(id));
		return task.await(task.future().thenApply((size) -> {
			if (size > 0) {
				this.counts.deleted(size);
			}
			return size > 0;
		}));
	}

}
