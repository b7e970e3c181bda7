package io.pulsehook.inbox.replay;

import org.springframework.util.StringUtils;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes what a replay was asked for as JSON, and reads it. Replicas of a former version
 * read it as well. They do not know {@code diedSince}, and would run dead letters again
 * that nobody asked for; a text is one phrase to them, so that they would pass over
 * events with the words of it in another order. A request that has either is written such
 * that they cannot read it, and leave the replay to those that can.
 */
final class RequestJson {

	private static final String INCLUDE_DONE = "includeDone";

	private static final String DIED_SINCE = "diedSince";

	private static final JsonMapper json = JsonMapper.shared();

	private RequestJson() {
	}

	static String write(ReplayRequest request) {
		ObjectNode tree = json.valueToTree(request);
		if (request.diedSince() == null) {
			tree.remove(DIED_SINCE);
		}
		if (request.diedSince() != null || StringUtils.hasLength(request.filter().text())) {
			tree.putArray(INCLUDE_DONE).add(request.includeDone());
		}
		return tree.toString();
	}

	static ReplayRequest read(String text) {
		ObjectNode tree = json.readValue(text, ObjectNode.class);
		// Several values are no value to the former version.
		if (!tree.path(INCLUDE_DONE).isBoolean()) {
			tree.put(INCLUDE_DONE, tree.path(INCLUDE_DONE).path(0).asBoolean(false));
		}
		return json.treeToValue(tree, ReplayRequest.class);
	}

}
