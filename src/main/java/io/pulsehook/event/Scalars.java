package io.pulsehook.event;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads JSON scalars as text: ids and codes come as numbers or strings.
 */
final class Scalars {

	private Scalars() {
	}

	/**
	 * The text of a scalar.
	 * @param node any node, also a missing one
	 * @return the text, or {@code null} if the node is no string, number or boolean
	 */
	static @Nullable String text(JsonNode node) {
		return (node.isValueNode() && !node.isNull()) ? node.asString() : null;
	}

	/**
	 * The first of several nodes that has a text.
	 * @param nodes any nodes, also missing ones
	 * @return the first text that is not empty, or {@code null} if there is none
	 */
	static @Nullable String firstText(JsonNode... nodes) {
		for (JsonNode node : nodes) {
			String text = text(node);
			if (text != null && !text.isEmpty()) {
				return text;
			}
		}
		return null;
	}

}
