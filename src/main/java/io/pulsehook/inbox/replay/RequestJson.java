package io.pulsehook.inbox.replay;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes what a replay was asked for as JSON, and reads it. Replicas of a former version
 * read it as well. They do not know {@code diedSince}, and would run dead letters again
 * that nobody asked for; so a request that has it is written such that they cannot read
 * it, and leave the replay to those that can.
 */
final class RequestJson {

	private static final String INCLUDE_DONE = "includeDone";

	private static final String DIED_SINCE = "diedSince";

	private static final JsonMapper json = JsonMapper.shared();

	private RequestJson() {
	}

	static String write(ReplayRequest request) {
		ObjectNode tree = json.valueToTree(request);
		if (request.diedSince() != null) {
			tree.putNull(INCLUDE_DONE);
		}
		else {
			tree.remove(DIED_SINCE);
		}
		return tree.toString();
	}

	static ReplayRequest read(String text) {
		ObjectNode tree = json.readValue(text, ObjectNode.class);
		if (tree.path(INCLUDE_DONE).isNull()) {
			tree.put(INCLUDE_DONE, false);
		}
		return json.treeToValue(tree, ReplayRequest.class);
	}

}
