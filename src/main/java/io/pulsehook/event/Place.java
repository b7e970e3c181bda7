package io.pulsehook.event;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A place below {@code info.message} where a messaging platform puts something.
 *
 * @param channel the platform, and what it is there
 * @param path the names on the way, with dots between them. {@code M} is
 * {@code info.message} and {@code CD} its {@code channel_data}; {@code name[]} means each
 * element of an array, and {@code name[key=value]} the object, or those of an array,
 * whose key has that value
 * @param steps the path taken apart
 */
record Place(String channel, String path, List<Step> steps) {

	private static final Pattern STEP = Pattern.compile("(\\w+)((?:\\[[^\\]]*])*)");

	private static final Pattern CONDITION = Pattern.compile("\\[(\\w+)=([^\\]]*)]");

	static Place of(String channel, String path) {
		String names = path.replaceFirst("^CD\\b", "channel_data").replaceFirst("^M(\\.|$)", "");
		return new Place(channel, path,
				names.isEmpty() ? List.of() : Arrays.stream(names.split("\\.")).map(Step::of).toList());
	}

	/**
	 * Finds what is at this place.
	 * @param root the JSON that the path starts from
	 * @return the nodes, none if there is nothing
	 */
	List<JsonNode> nodes(JsonNode root) {
		List<JsonNode> nodes = List.of(root);
		for (Step step : this.steps) {
			nodes = step.from(nodes);
			if (nodes.isEmpty()) {
				return nodes;
			}
		}
		return nodes;
	}

	/**
	 * The text at this place.
	 * @param root the JSON that the path starts from
	 * @return the text, with a line for each node, or {@code null} if there is none
	 */
	@Nullable String text(JsonNode root) {
		List<String> texts = new ArrayList<>();
		for (JsonNode node : nodes(root)) {
			String text = Scalars.firstText(node);
			if (text != null) {
				texts.add(text);
			}
		}
		return texts.isEmpty() ? null : String.join("\n", texts);
	}

	/**
	 * Whether there is anything at this place. An empty array counts as nothing, because
	 * PHP writes a missing value as one.
	 * @param root the JSON that the path starts from
	 * @return whether there is something else than null, false and an empty array
	 */
	boolean isIn(JsonNode root) {
		return nodes(root).stream()
			.anyMatch((node) -> !node.isNull() && !(node.isBoolean() && !node.booleanValue())
					&& !(node.isArray() && node.isEmpty()));
	}

	static @Nullable String firstText(List<Place> places, JsonNode root) {
		for (Place place : places) {
			String text = place.text(root);
			if (text != null) {
				return text;
			}
		}
		return null;
	}

	static boolean anyIsIn(List<Place> places, JsonNode root) {
		return places.stream().anyMatch((place) -> place.isIn(root));
	}

	/**
	 * One step of a path.
	 *
	 * @param name the name of the property
	 * @param each whether the path goes on with the elements of the property instead of
	 * the property itself
	 * @param conditions the values that properties of the object must have
	 */
	private record Step(String name, boolean each, List<Condition> conditions) {

		private static Step of(String text) {
			Matcher step = STEP.matcher(text);
			if (!step.matches()) {
				throw new IllegalArgumentException("'" + text + "' is no step of a path");
			}
			List<Condition> conditions = CONDITION.matcher(step.group(2))
				.results()
				.map((found) -> new Condition(found.group(1), found.group(2)))
				.toList();
			return new Step(step.group(1), step.group(2).startsWith("[]"), conditions);
		}

		private List<JsonNode> from(List<JsonNode> nodes) {
			List<JsonNode> found = new ArrayList<>(nodes.size());
			for (JsonNode node : nodes) {
				add(node.path(this.name), found);
			}
			return found;
		}

		private void add(JsonNode node, List<JsonNode> found) {
			if (node.isArray() && (this.each || !this.conditions.isEmpty())) {
				node.forEach((element) -> addIfMeant(element, found));
			}
			else if (!this.each && !node.isMissingNode()) {
				addIfMeant(node, found);
			}
		}

		private void addIfMeant(JsonNode node, List<JsonNode> found) {
			if (this.conditions.stream().allMatch((condition) -> condition.isMetBy(node))) {
				found.add(node);
			}
		}

	}

	/**
	 * The value that a property must have.
	 *
	 * @param name its name
	 * @param value its text
	 */
	private record Condition(String name, String value) {

		private boolean isMetBy(JsonNode node) {
			return this.value.equals(Scalars.text(node.path(this.name)));
		}

	}

}
