package io.pulsehook.destination;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.pulsehook.event.Event;
import io.pulsehook.failure.Nearest;

/**
 * Finds types of events by the names that the configuration has for them: those of the
 * records, such as {@code IncomingMessage}, or of groups of them, such as
 * {@code ChatbotEvent}. Case, dashes and underscores are ignored, so that the titles of
 * SendPulse, such as {@code incoming_message}, are names as well.
 */
public final class EventTypes {

	private static final Map<String, Class<? extends Event>> BY_NAME = byName();

	private EventTypes() {
	}

	/**
	 * Lists the types of all events.
	 * @return the records
	 */
	public static Set<Class<? extends Event>> all() {
		return named(List.of());
	}

	/**
	 * Lists the types of some names.
	 * @param names the names; none means all types
	 * @return the records in the order of the names
	 * @throws IllegalArgumentException if there is no type of such a name; the message
	 * has the nearest one, and all
	 */
	public static Set<Class<? extends Event>> named(List<String> names) {
		Set<Class<? extends Event>> records = new LinkedHashSet<>();
		(names.isEmpty() ? List.of(Event.class.getSimpleName()) : names)
			.forEach((name) -> addRecords(named(name), records));
		return records;
	}

	private static Class<? extends Event> named(String name) {
		Class<? extends Event> type = BY_NAME.get(Nearest.letters(name));
		if (type == null) {
			throw new IllegalArgumentException("types has '" + name + "', but no event is of such a type. "
					+ Nearest.to(Nearest.letters(name), BY_NAME.entrySet().stream(), Map.Entry::getKey)
						.map((nearest) -> "Did you mean '" + nearest.getValue().getSimpleName() + "'? ")
						.orElse("")
					+ "There are " + String.join(", ", BY_NAME.values().stream().map(Class::getSimpleName).toList())
					+ ".");
		}
		return type;
	}

	private static Map<String, Class<? extends Event>> byName() {
		Map<String, Class<? extends Event>> types = new LinkedHashMap<>();
		addTypes(Event.class, types);
		return types;
	}

	private static void addTypes(Class<? extends Event> type, Map<String, Class<? extends Event>> types) {
		types.put(Nearest.letters(type.getSimpleName()), type);
		permitted(type).forEach((one) -> addTypes(one, types));
	}

	private static void addRecords(Class<? extends Event> type, Set<Class<? extends Event>> records) {
		if (!type.isSealed()) {
			records.add(type);
		}
		permitted(type).forEach((one) -> addRecords(one, records));
	}

	private static List<Class<? extends Event>> permitted(Class<? extends Event> type) {
		return type.isSealed() ? List.of(type.getPermittedSubclasses())
			.stream()
			.<Class<? extends Event>>map((one) -> one.asSubclass(Event.class))
			.toList() : List.of();
	}

}
