package io.pulsehook.console.handlers;

import java.time.Duration;
import java.util.Comparator;
import java.util.Locale;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.pulsehook.console.handlers.HandlersPage.HandlerRow;
import io.pulsehook.inbox.history.Durations;
import io.pulsehook.inbox.history.HandlerRecord;

/**
 * The order in which the handlers are listed. What is worst comes first.
 */
enum HandlerOrder {

	/** By name. */
	NAME("Handler", Comparator.comparing(HandlerRow::id)),

	/** By what waits. */
	WAITING("Waiting", most(HandlerRow::waiting)),

	/** By what is tried again. */
	RETRYING("Retrying", most(HandlerRow::retrying)),

	/** By what was given up. */
	DEAD("Failed permanently", most((row) -> (row.dead() != null) ? row.dead() : -1L)),

	/** By what was done in the period. */
	DONE("Done", most((row) -> (row.record() != null) ? row.record().counts().done() : 0L)),

	/** By the part that succeeded. */
	SUCCESS("Success", most(HandlerOrder::failed)),

	/** By the time at work. */
	WORK("At work, p95", most((row) -> millis(row, HandlerRecord::work))),

	/** By the time before that. */
	WAIT("Waited, p95", most((row) -> millis(row, HandlerRecord::waited)));

	private final String label;

	private final Comparator<HandlerRow> comparator;

	HandlerOrder(String label, Comparator<HandlerRow> comparator) {
		this.label = label;
		this.comparator = comparator.thenComparing(HandlerRow::id);
	}

	static HandlerOrder of(String name) {
		for (HandlerOrder order : values()) {
			if (order.key().equals(name)) {
				return order;
			}
		}
		return NAME;
	}

	private static <T extends Comparable<T>> Comparator<HandlerRow> most(Function<HandlerRow, T> figure) {
		return Comparator.comparing(figure).reversed();
	}

	private static double failed(HandlerRow row) {
		HandlerRecord counts = (row.record() != null) ? row.record().counts() : HandlerRecord.NONE;
		return (double) counts.dead() / Math.max(1, counts.done() + counts.dead());
	}

	private static long millis(HandlerRow row, Function<HandlerRecord, Durations> times) {
		@Nullable Duration most = (row.record() != null) ? times.apply(row.record().counts()).most() : null;
		return (most != null) ? most.toMillis() : -1;
	}

	Comparator<HandlerRow> comparator() {
		return this.comparator;
	}

	public String key() {
		return name().toLowerCase(Locale.ROOT);
	}

	public String label() {
		return this.label;
	}

}
