package io.pulsehook.console.handlers;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.pulsehook.console.format.Times;
import io.pulsehook.dispatch.handler.HandlerSettings;
import io.pulsehook.dispatch.handler.HandlerSettings.Ordering;
import io.pulsehook.dispatch.handler.SettingOrigin;

/**
 * A setting of a handler as the page shows it.
 *
 * @param name its name
 * @param value its value
 * @param origin where the value comes from; several places if it is made of several
 * settings
 */
record Setting(String name, String value, String origin) {

	/**
	 * Lists the settings of a handler.
	 * @param settings the settings
	 * @param origins where they come from, by their names
	 * @return the settings in the order in which the page shows them
	 */
	static List<Setting> of(HandlerSettings settings, Map<String, SettingOrigin> origins) {
		return List.of(new Setting("Filter", filter(settings.filter()), origin(origins, "filter")),
				new Setting("Rate", (settings.rate() != null) ? settings.rate() + " over all replicas" : "not limited",
						origin(origins, "rate")),
				new Setting("Rests",
						(settings.breaker() > 0) ? "after " + settings.breaker() + " failures in a row"
								: "only when asked to",
						origin(origins, "breaker")),
				new Setting("Retries", settings.maxRetries() + " at most", origin(origins, "maxRetries")),
				new Setting("Retried", exceptions(settings), origin(origins, "includes", "excludes")),
				new Setting("Pauses", pauses(settings), origin(origins, "delay", "multiplier", "maxDelay", "jitter")),
				new Setting("Timeout", Times.span(settings.timeout()), origin(origins, "timeout")),
				new Setting("Concurrency", String.valueOf(settings.concurrency()), origin(origins, "concurrency")),
				new Setting("Order", (settings.ordering() == Ordering.KEY) ? "by contact or payment order" : "none",
						origin(origins, "ordering")));
	}

	/**
	 * Lists what only a handler of bursts has.
	 * @param settings the settings
	 * @param origins where they come from, by their names
	 * @return the settings in the order in which the page shows them
	 */
	static List<Setting> ofBursts(HandlerSettings settings, Map<String, SettingOrigin> origins) {
		return List.of(
				new Setting("Waits", "until the contact has been quiet for " + Times.span(settings.quiet()),
						origin(origins, "quiet")),
				new Setting("Waits at most", Times.span(settings.maxWait()) + " after the first event",
						origin(origins, "maxWait")),
				new Setting("Events in one call", settings.maxEvents() + " at most", origin(origins, "maxEvents")));
	}

	private static String filter(Map<String, List<String>> filter) {
		return filter.isEmpty() ? "none"
				: filter.entrySet()
					.stream()
					.map((entry) -> entry.getKey() + ": " + String.join(" or ", entry.getValue()))
					.collect(Collectors.joining("; "));
	}

	private static String pauses(HandlerSettings settings) {
		return Times.span(settings.delay()) + " ± " + Times.span(settings.jitter()) + ", then × "
				+ settings.multiplier() + " up to " + Times.span(settings.maxDelay());
	}

	private static String exceptions(HandlerSettings settings) {
		String included = settings.includes().isEmpty() ? "all exceptions" : names(settings.includes());
		return included + (settings.excludes().isEmpty() ? "" : " but " + names(settings.excludes()));
	}

	private static String names(List<Class<? extends Throwable>> types) {
		return types.stream().map(Class::getSimpleName).collect(Collectors.joining(", "));
	}

	private static String origin(Map<String, SettingOrigin> origins, String... settings) {
		return Stream.of(settings)
			.map(origins::get)
			.filter(Objects::nonNull)
			.map(SettingOrigin::value)
			.distinct()
			.collect(Collectors.joining(", "));
	}

}
