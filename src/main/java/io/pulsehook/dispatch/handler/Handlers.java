package io.pulsehook.dispatch.handler;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.ResolvableType;

import io.pulsehook.EventHandler;
import io.pulsehook.event.Event;

/**
 * The handlers of this process.
 */
public final class Handlers {

	private final List<RegisteredHandler> handlers;

	/**
	 * Creates the handlers.
	 * @param handlers the handlers in the order of their registration
	 */
	public Handlers(List<RegisteredHandler> handlers) {
		this.handlers = handlers;
	}

	/**
	 * Finds the handlers among the beans of the application.
	 * @param beans the application's beans
	 * @param settings gives each handler's settings by its bean name
	 * @param more handlers that are not beans, such as the one that posts alarms
	 * @return the handlers
	 * @throws HandlerTypeException if one does not say what it receives
	 */
	public static Handlers among(ConfigurableListableBeanFactory beans, Function<String, HandlerSettings> settings,
			Stream<RegisteredHandler> more) {
		Stream<RegisteredHandler> found = Stream.of(beans.getBeanNamesForType(EventHandler.class))
			.filter((name) -> !ScopedProxyUtils.isScopedTarget(name))
			.map((name) -> register(name, beans, settings.apply(name)));
		return new Handlers(Stream.concat(found, more).toList());
	}

	@SuppressWarnings("unchecked")
	private static RegisteredHandler register(String name, ConfigurableListableBeanFactory beans,
			HandlerSettings settings) {
		Class<? extends Event> type = eventType(name, new DeclaredTypes(beans).of(name));
		return new RegisteredHandler(name, type, beans.getBean(name, EventHandler.class), settings);
	}

	private static Class<? extends Event> eventType(String name, ResolvableType type) {
		Class<?> argument = type.getGeneric().resolve();
		if (type.hasUnresolvableGenerics() || argument == null || !Event.class.isAssignableFrom(argument)) {
			throw new HandlerTypeException(name, (type != ResolvableType.NONE) ? type.toString() : "EventHandler");
		}
		return argument.asSubclass(Event.class);
	}

	/**
	 * Lists all handlers.
	 * @return the handlers in the order of their registration
	 */
	public List<RegisteredHandler> all() {
		return this.handlers;
	}

}
