package io.pulsehook.sendpulse;

import tools.jackson.databind.json.JsonMapper;

/**
 * Reads messages of histories for tests of other packages.
 */
public final class TestHistory {

	private TestHistory() {
	}

	/**
	 * Reads a row of a history.
	 * @param row the JSON, with {@code '} for quotes
	 */
	public static HistoryMessage message(String row) {
		return HistoryMessage.read(new JsonMapper().readTree(row.replace('\'', '"')));
	}

}
