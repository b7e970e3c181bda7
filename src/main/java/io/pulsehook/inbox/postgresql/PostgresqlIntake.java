package io.pulsehook.inbox.postgresql;

import java.sql.Array;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import io.pulsehook.inbox.write.BoundStatement;
import io.pulsehook.inbox.write.Intake;
import io.pulsehook.inbox.write.IntakeTransaction;

/**
 * Stores the events of many requests: makes way for those that come again after their
 * window, inserts the others, and counts and remembers what follows from that. To be used
 * once.
 */
final class PostgresqlIntake {

	// The planner finds the index by the array of keys beside the join, as
	// PostgresqlFinish explains.
	private static final String COUNT_DUPLICATES = """
			update pulsehook_event e set duplicates = e.duplicates + o.times
			from (select dedup_key, count(*) as times from unnest(?::bytea[]) as u (dedup_key) group by dedup_key) o
			where e.dedup_key = any (?::bytea[]) and e.dedup_key = o.dedup_key
			""";

	/** So many bytes may be more than what is on its way to a server at once. */
	private static final long LARGE_BYTES = 64 * 1024;

	/**
	 * So many bytes are sent alone: they take longer than the round trip that this costs,
	 * and whoever has its turn must not be waited for with all of them half sent.
	 */
	private static final long ALONE_BYTES = 256 * 1024;

	private final IntakeTransaction transaction;

	private final List<IntakeElement> elements;

	private final DedupKeys keys;

	private final EventInsert insert;

	PostgresqlIntake(IntakeTransaction transaction, long version, long runner, List<Intake> intakes) {
		this.transaction = transaction;
		this.elements = intakes.stream()
			.flatMap((intake) -> intake.events().stream().map((event) -> new IntakeElement(intake, event)))
			.toList();
		this.keys = new DedupKeys(transaction, this.elements);
		this.insert = new EventInsert(transaction, version, runner, this.elements, this.keys);
	}

	/**
	 * Adds the statements that store the events.
	 * @param pipeline takes them, and is run before if the events are large
	 * @throws SQLException if the database fails
	 */
	void addTo(Pipeline pipeline) throws SQLException {
		if (this.elements.isEmpty()) {
			return;
		}
		this.keys.addTo(pipeline);
		long bytes = this.elements.stream().mapToLong(IntakeElement::bytes).sum();
		if (bytes > ALONE_BYTES) {
			pipeline.run();
		}
		if (bytes > LARGE_BYTES) {
			pipeline.addLarge(this.insert.statement(), this.insert::read);
		}
		else {
			pipeline.add(this.insert.statement(), this.insert::read);
		}
	}

	/**
	 * Notes what became of each event, and writes what follows from that. To be called
	 * when the pipeline has run.
	 * @throws SQLException if the database fails
	 */
	void complete() throws SQLException {
		List<IntakeElement> duplicates = new ArrayList<>();
		PostgresqlOrders orders = new PostgresqlOrders(this.transaction);
		for (int i = 0; i < this.elements.size(); i++) {
			IntakeElement element = this.elements.get(i);
			Long id = this.insert.id(i);
			if (id == null) {
				this.transaction.repeated(element.intake(), element.event());
				duplicates.add(element);
			}
			else {
				this.transaction.accepted(element.intake(), element.event());
				orders.add(id, element.event());
			}
		}
		countDuplicates(duplicates);
		orders.write();
	}

	private void countDuplicates(List<IntakeElement> duplicates) throws SQLException {
		if (!duplicates.isEmpty()) {
			Array keys = this.keys.of(duplicates);
			this.transaction.defer(BoundStatement.of(COUNT_DUPLICATES, keys, keys));
		}
	}

}
