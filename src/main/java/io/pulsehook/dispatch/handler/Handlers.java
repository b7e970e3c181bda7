package io.pulsehook.dispatch.handler;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.ResolvableType;

import io.pulsehook.BurstHandler;
import io.pulsehook.EventHandler;
import io.pulsehook.event.ChatbotEvent;
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
	 * @throws HandlerTypeException if one does not say what it receives, or cannot be run
	 * as it is declared
	 */
	public static Handlers among(ConfigurableListableBeanFactory beans, Function<String, HandlerSettings> settings,
			Stream<RegisteredHandler> more) {
		List<String> bursts = names(beans, BurstHandler.class);
		Stream<RegisteredHandler> found = names(beans, EventHandler.class).stream().map((name) -> {
			if (bursts.contains(name)) {
				throw HandlerTypeException.both(name);
			}
			return register(name, beans, settings.apply(name));
		});
		Stream<RegisteredHandler> foundBursts = bursts.stream()
			.map((name) -> registerBursts(name, beans, settings.apply(name)));
		return new Handlers(Stream.of(found, foundBursts, more).flatMap(Function.identity()).toList());
	}

	private static List<String> names(ConfigurableListableBeanFactory beans, Class<?> contract) {
		return Stream.of(beans.getBeanNamesForType(contract))
			.filter((name) -> !ScopedProxyUtils.isScopedTarget(name))
			.toList();
	}

	@SuppressWarnings("unchecked")
	private static RegisteredHandler register(String name, ConfigurableListableBeanFactory beans,
			HandlerSettings settings) {
		ResolvableType declared = new DeclaredTypes(beans).of(name, EventHandler.class);
		Class<? extends Event> type = eventType(declared, Event.class)
			.orElseThrow(() -> HandlerTypeException.undeclared(name, text(declared, "EventHandler")));
		return new RegisteredHandler(name, type, beans.getBean(name, EventHandler.class), settings);
	}

	@SuppressWarnings("unchecked")
	private static RegisteredHandler registerBursts(String name, ConfigurableListableBeanFactory beans,
			HandlerSettings settings) {
		ResolvableType declared = new DeclaredTypes(beans).of(name, BurstHandler.class);
		Class<? extends ChatbotEvent> type = eventType(declared, ChatbotEvent.class)
			.orElseThrow(() -> HandlerTypeException.undeclaredBursts(name, text(declared, "BurstHandler")));
		if (settings.ordering() == HandlerSettings.Ordering.NONE) {
			throw HandlerTypeException.unordered(name);
		}
		return RegisteredHandler.ofBursts(name, type, beans.getBean(name, BurstHandler.class), settings);
	}

	private static <E extends Event> Optional<Class<? extends E>> eventType(ResolvableType declared, Class<E> bound) {
		Class<?> argument = declared.getGeneric().resolve();
		if (declared.hasUnresolvableGenerics() || argument == null || !bound.isAssignableFrom(argument)) {
			return Optional.empty();
		}
		return Optional.of(argument.asSubclass(bound));
	}

	private static String text(ResolvableType declared, String contract) {
		return (declared != ResolvableType.NONE) ? declared.toString() : contract;
	}

	/**
	 * Lists all handlers.
	 * @return the handlers in the order of their registration
	 */
	public List<RegisteredHandler> all() {
		return this.handlers;
	}

}
