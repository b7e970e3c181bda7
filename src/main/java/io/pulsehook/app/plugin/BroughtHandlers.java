package io.pulsehook.app.plugin;

import java.util.List;
import java.util.stream.Stream;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextRefreshedEvent;

import io.pulsehook.BurstHandler;
import io.pulsehook.EventHandler;

/**
 * Logs which handlers each plug-in brought.
 */
final class BroughtHandlers implements ApplicationListener<ContextRefreshedEvent> {

	private static final Log logger = LogFactory.getLog(BroughtHandlers.class);

	private final List<PluginJar> jars;

	private final ConfigurableApplicationContext context;

	BroughtHandlers(List<PluginJar> jars, ConfigurableApplicationContext context) {
		this.jars = jars;
		this.context = context;
	}

	@Override
	public void onApplicationEvent(ContextRefreshedEvent event) {
		if (event.getApplicationContext() == this.context) {
			this.jars.stream().filter((jar) -> jar.configurations() != null).forEach(this::tell);
		}
	}

	private void tell(PluginJar jar) {
		List<String> handlers = handlers(this.context.getBeanFactory(), jar);
		logger.info("The plug-in " + jar.name() + " brought "
				+ (handlers.isEmpty() ? "no handler." : "the handlers " + handlers + "."));
	}

	private static List<String> handlers(ConfigurableListableBeanFactory beans, PluginJar jar) {
		return Stream.of(EventHandler.class, BurstHandler.class)
			.flatMap((contract) -> Stream.of(beans.getBeanNamesForType(contract)))
			.filter((name) -> !ScopedProxyUtils.isScopedTarget(name) && beans.containsBeanDefinition(name))
			.filter((name) -> jar.classes().contains(String.valueOf(declaringClass(beans.getBeanDefinition(name)))))
			.toList();
	}

	private static @Nullable String declaringClass(BeanDefinition definition) {
		if (definition instanceof AnnotatedBeanDefinition annotated && annotated.getFactoryMethodMetadata() != null) {
			return annotated.getFactoryMethodMetadata().getDeclaringClassName();
		}
		return definition.getBeanClassName();
	}

}
