package io.pulsehook.app.plugin;

import java.util.List;
import java.util.Map;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.env.DefaultPropertiesPropertySource;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;

/**
 * Checks the plug-ins before they are loaded. Otherwise one that names no configuration
 * would be left out without a word, and one that names a missing class would end the
 * start with a stack trace. After the start, {@link BroughtHandlers} logs what each of
 * them brought.
 */
public final class Plugins implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	private static final Log logger = LogFactory.getLog(Plugins.class);

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		ClassLoader loader = context.getClassLoader();
		List<PluginJar> jars = ClassPathJars.in(loader, System.getProperty("java.class.path", ""))
			.stream()
			.map(PluginJar::read)
			.toList();
		jars.forEach((jar) -> check(jar, loader));
		if (!jars.isEmpty()) {
			includeKafka(context.getEnvironment().getPropertySources());
		}
		context.addApplicationListener(new BroughtHandlers(jars, context));
	}

	// The service leaves out Spring Boot's own configuration of Kafka, since it needs
	// none but for destinations. A plug-in may have a listener or a template, whose
	// author must not have to know that.
	private static void includeKafka(MutablePropertySources sources) {
		if (sources.contains(DefaultPropertiesPropertySource.NAME)) {
			sources.addBefore(DefaultPropertiesPropertySource.NAME,
					new MapPropertySource("pulsehookPlugins", Map.of("spring.autoconfigure.exclude", "")));
		}
	}

	private static void check(PluginJar jar, @Nullable ClassLoader loader) {
		if (jar.configurations() != null) {
			jar.configurations().forEach((name) -> check(jar, name, loader));
		}
		else if (jar.handles()) {
			logger.warn("The plug-in " + jar.name() + " has no file " + PluginJar.IMPORTS
					+ ", so none of its handlers is there. Add the file to the jar, with the names of its configuration "
					+ "classes, one a line.");
		}
	}

	private static void check(PluginJar jar, String name, @Nullable ClassLoader loader) {
		try {
			// Load the types in the signatures of bean methods too, because they may be
			// missing.
			Class.forName(name, false, loader).getDeclaredMethods();
		}
		catch (ClassNotFoundException ex) {
			throw new PluginException(
					"The plug-in " + jar.name() + " names the class " + name + ", which is not there.",
					"Correct " + PluginJar.IMPORTS + " in " + jar.name()
							+ ", add the class to the jar, or remove the jar.",
					ex);
		}
		catch (LinkageError ex) {
			throw new PluginException(
					"The class " + name + " of the plug-in " + jar.name() + " cannot be loaded: " + ex + ".",
					"Put the jar of what is missing beside " + jar.name()
							+ ", or build it for this version of Pulsehook and of Java. Without it, remove the jar.",
					ex);
		}
	}

}
