package io.pulsehook.dispatch;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.pulsehook.dispatch.handler.Handlers;
import io.pulsehook.dispatch.handler.RegisteredHandler;

/**
 * Tells the operator of events that no handler takes, and of deliveries whose handler no
 * longer exists.
 */
final class MissingHandlers {

	private static final Log logger = LogFactory.getLog(MissingHandlers.class);

	private final Handlers handlers;

	private final Set<String> toldTypes = ConcurrentHashMap.newKeySet();

	MissingHandlers(Handlers handlers) {
		this.handlers = handlers;
	}

	/**
	 * Suggests a handler for each type of events that no handler takes, once for each
	 * type.
	 */
	void suggest(Set<String> types) {
		types.stream().filter(this.toldTypes::add).forEach((type) -> logger.info("""
				No handler receives %1$s events. They are kept, and can be replayed when there is one, such as:

					@Bean
					EventHandler<%1$s> my%1$sHandler() {
						return (event, delivery) -> System.out.println(delivery.id());
					}
				""".formatted(type)));
	}

	/**
	 * Warns of deliveries that wait for handlers that no process has.
	 * @param unfinished how many deliveries are unfinished, by handler
	 * @param known the handlers of all processes
	 */
	void warnOfOrphans(Map<String, Long> unfinished, Set<String> known) {
		Map<String, Long> orphans = new TreeMap<>(unfinished);
		orphans.keySet().removeAll(known);
		orphans.forEach((handler,
				count) -> logger.warn(count + " deliveries wait for the handler '" + handler
						+ "', which does not exist. They run when a bean of that name does; the known ones are "
						+ this.handlers.all()
							.stream()
							.map(RegisteredHandler::id)
							.collect(Collectors.joining(", ", "[", "]."))));
	}

}
