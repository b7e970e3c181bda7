package io.pulsehook.api;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What a request body asks for.
 */
final class Options {

	private final Map<String, @Nullable Object> values;

	Options(@Nullable Map<String, @Nullable Object> body) {
		this.values = (body != null) ? body : Map.of();
	}

	boolean dryRun() {
		return flag("dryRun");
	}

	boolean includeDone() {
		return flag("includeDone");
	}

	private boolean flag(String name) {
		Object value = this.values.get(name);
		if (value == null || value instanceof Boolean) {
			return Boolean.TRUE.equals(value);
		}
		throw new BadParameterException(name, value.toString(), "true or false");
	}

	List<String> handlers() {
		Object value = this.values.get("handlers");
		if (value == null) {
			return List.of();
		}
		if (value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
			return list.stream().map(String.class::cast).toList();
		}
		throw new BadParameterException("handlers", value.toString(), "a list of handlers");
	}

	void mustHaveNoFilters() {
		if (!filters().isEmpty()) {
			throw new BadParameterException(
					"Unknown options " + filters().keySet() + "; the known ones are [handlers, includeDone].");
		}
	}

	// All others, which have to be filters of events.
	Map<String, String> filters() {
		Map<String, String> filters = new HashMap<>();
		this.values.forEach((name, value) -> filters.put(name, (value != null) ? value.toString() : ""));
		filters.keySet().removeAll(List.of("dryRun", "includeDone", "handlers"));
		return filters;
	}

}
