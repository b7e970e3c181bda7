package io.pulsehook.console.handlers;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.pulsehook.console.format.Labels;
import io.pulsehook.destination.Destinations;
import io.pulsehook.dispatch.DeliveryStates;
import io.pulsehook.dispatch.HandlerTable;
import io.pulsehook.dispatch.handler.HandlerSettings;
import io.pulsehook.dispatch.handler.SettingOrigin;

/**
 * Knows what a handler is and how it is set.
 */
public final class HandlerFacts {

	private final HandlerTable table;

	private final DeliveryStates states;

	private final Destinations destinations;

	public HandlerFacts(HandlerTable table, DeliveryStates states, Destinations destinations) {
		this.table = table;
		this.states = states;
		this.destinations = destinations;
	}

	HandlerRow of(HandlerTable.Row row) {
		String takes = (row.type() != null) ? Labels.type(row.type()) : "events in another replica";
		return new HandlerRow(row.id(), DestinationRow.of(this.destinations.named(row.id())), row.isOrphan(), takes,
				row.types().stream().map(Labels::type).sorted().toList(), this.states.filter(row.id()),
				row.state().paused(), (row.settings() != null) ? settings(row.id(), row.settings()) : List.of());
	}

	private List<Setting> settings(String handler, HandlerSettings settings) {
		Map<String, SettingOrigin> origins = this.table.origins(handler);
		List<Setting> all = new ArrayList<>(Setting.of(settings, origins));
		if (this.states.bursts(handler) != null) {
			all.addAll(Setting.ofBursts(settings, origins));
		}
		return all;
	}

	/**
	 * A handler as its page shows it.
	 *
	 * @param id the bean name, or the name of the destination
	 * @param destination where it passes events on to, or {@code null}
	 * @param orphan whether it does not exist any more
	 * @param takes what it receives
	 * @param types the types of events that this comprises
	 * @param filter which of them it takes, empty for all
	 * @param paused whether it is paused
	 * @param settings its settings; none if this process does not have it
	 */
	record HandlerRow(String id, @Nullable DestinationRow destination, boolean orphan, String takes, List<String> types,
			String filter, boolean paused, List<Setting> settings) {

	}

}
