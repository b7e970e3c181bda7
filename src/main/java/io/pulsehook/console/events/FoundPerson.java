package io.pulsehook.console.events;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.pulsehook.console.events.EventRows.EventRow;
import io.pulsehook.inbox.query.SearchWords;

/**
 * A person whom a search has found by name.
 *
 * @param name the name
 * @param service the name of the platform, empty where there is none
 * @param link the address of the person's page within the console
 */
record FoundPerson(String name, String service, String link) {

	private static final int MOST = 5;

	/**
	 * Lists the people of some events whose names are searched for.
	 * @param rows the events
	 * @param search what is searched for, empty for nothing
	 * @return the people, those of the first events first
	 */
	static List<FoundPerson> among(List<EventRow> rows, String search) {
		SearchWords words = SearchWords.of(search);
		Map<String, FoundPerson> people = new LinkedHashMap<>();
		for (EventRow row : search.isBlank() ? List.<EventRow>of() : rows) {
			String name = row.who();
			String link = row.contact();
			if (name != null && link != null && words.areIn(name)) {
				people.putIfAbsent(link, new FoundPerson(name, row.service(), link));
			}
		}
		return people.values().stream().limit(MOST).toList();
	}

}
