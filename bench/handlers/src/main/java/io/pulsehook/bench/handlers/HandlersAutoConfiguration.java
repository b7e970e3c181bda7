package io.pulsehook.bench.handlers;

import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/**
 * As many handlers of all events as {@code bench.handlers} says. What they do is next to
 * nothing.
 */
@AutoConfiguration
@Import(HandlersAutoConfiguration.Handlers.class)
public class HandlersAutoConfiguration {

	static class Handlers implements BeanRegistrar {

		@Override
		public void register(BeanRegistry registry, Environment environment) {
			int count = environment.getProperty("bench.handlers", Integer.class, 0);
			for (int i = 1; i <= count; i++) {
				registry.registerBean("bench" + i, BenchHandler.class);
			}
		}

	}

}
