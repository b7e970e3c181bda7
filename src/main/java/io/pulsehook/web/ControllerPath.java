package io.pulsehook.web;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Puts controllers below a path, whatever a host application does with Spring MVC. One
 * that extends {@code WebMvcConfigurationSupport} asks no configurer: with a configurer
 * alone, the controllers would lie at its root, where none of its rules protects them.
 */
public final class ControllerPath implements BeanPostProcessor {

	private final Predicate<Class<?>> controllers;

	private final Supplier<String> path;

	/**
	 * Creates it.
	 * @param controllers which controllers lie below the path
	 * @param path the path, which is asked for when Spring MVC looks for controllers
	 */
	public ControllerPath(Predicate<Class<?>> controllers, Supplier<String> path) {
		this.controllers = controllers;
		this.path = path;
	}

	@Override
	public Object postProcessBeforeInitialization(Object bean, String name) {
		if (bean instanceof RequestMappingHandlerMapping mapping) {
			// The first prefix that matches a controller counts, and a host may have one
			// for all controllers.
			Map<String, Predicate<Class<?>>> prefixes = new LinkedHashMap<>();
			prefixes.put(this.path.get(), this.controllers);
			mapping.getPathPrefixes().forEach((prefix, others) -> prefixes.merge(prefix, others, Predicate::or));
			mapping.setPathPrefixes(prefixes);
		}
		return bean;
	}

}
