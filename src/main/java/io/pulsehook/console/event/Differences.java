package io.pulsehook.console.event;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Where the JSON of two events differs.
 *
 * @param rows the values that only one of them has, or that differ
 * @param same how many values are the same in both
 */
record Differences(List<Row> rows, int same) {

	static Differences between(JsonNode left, JsonNode right) {
		Map<String, String> one = values(left);
		Map<String, String> other = values(right);
		Set<String> paths = new LinkedHashSet<>(one.keySet());
		paths.addAll(other.keySet());
		List<Row> rows = paths.stream()
			.map((path) -> new Row(path, one.get(path), other.get(path)))
			.filter((row) -> !Objects.equals(row.left(), row.right()))
			.toList();
		return new Differences(rows, paths.size() - rows.size());
	}

	private static Map<String, String> values(JsonNode event) {
		Map<String, String> values = new LinkedHashMap<>();
		collect("", event, values);
		return values;
	}

	private static void collect(String path, JsonNode node, Map<String, String> values) {
		if (node.isObject() && !node.isEmpty()) {
			node.properties()
				.forEach((field) -> collect(path.isEmpty() ? field.getKey() : path + "." + field.getKey(),
						field.getValue(), values));
		}
		else if (node.isArray() && !node.isEmpty()) {
			for (int i = 0; i < node.size(); i++) {
				collect(path + "[" + i + "]", node.get(i), values);
			}
		}
		else {
			values.put(path, node.isString() ? node.stringValue() : node.toString());
		}
	}

	/**
	 * A value that differs.
	 *
	 * @param path the names of the fields that lead to it, with dots between them
	 * @param left the value of the first event, or {@code null} if it has none
	 * @param right the value of the second event, or {@code null} if it has none
	 */
	record Row(String path, @Nullable String left, @Nullable String right) {

	}

}
