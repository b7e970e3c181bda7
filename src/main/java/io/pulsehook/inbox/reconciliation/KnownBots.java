package io.pulsehook.inbox.reconciliation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The bots that have sent messages here. It is stored as JSON with each reconciliation.
 *
 * @param upTo the id of the event up to which they were looked for
 * @param bots each bot once
 */
record KnownBots(long upTo, List<KnownBot> bots) {

	static final KnownBots NONE = new KnownBots(0, List.of());

	KnownBots with(long upTo, List<KnownBot> found) {
		Map<String, KnownBot> byId = new LinkedHashMap<>();
		this.bots.forEach((bot) -> byId.put(bot.id(), bot));
		found.forEach((bot) -> byId.merge(bot.id(), bot, KnownBot::with));
		return new KnownBots(upTo, List.copyOf(byId.values()));
	}

}
