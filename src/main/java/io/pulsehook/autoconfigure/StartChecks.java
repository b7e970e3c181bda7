package io.pulsehook.autoconfigure;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;

import io.pulsehook.autoconfigure.check.UnknownProperties;

/**
 * Warns at the start of properties that have no effect, or not the one that was probably
 * meant.
 */
final class StartChecks implements SmartInitializingSingleton {

	private static final Log logger = LogFactory.getLog(StartChecks.class);

	private final ApplicationContext context;

	private final PulsehookProperties properties;

	StartChecks(ApplicationContext context, PulsehookProperties properties) {
		this.context = context;
		this.properties = properties;
	}

	@Override
	public void afterSingletonsInstantiated() {
		if (this.context.getEnvironment() instanceof ConfigurableEnvironment environment) {
			UnknownProperties.in(this.context).warn(environment);
		}
		warnOfTwoKindsOfTokens();
		warnOfAMissingConsole();
	}

	private void warnOfTwoKindsOfTokens() {
		List<String> sources = this.properties.sources()
			.entrySet()
			.stream()
			.filter((source) -> !source.getValue().tokens().isEmpty())
			.map(Map.Entry::getKey)
			.toList();
		if (this.properties.token() != null && !sources.isEmpty()) {
			logger
				.warn("Both pulsehook.token and pulsehook.sources are set, so that the source 'default' can post with "
						+ "pulsehook.token beside " + sources
						+ ". Remove pulsehook.token unless SendPulse still posts to the URL that ends in it; to keep it, "
						+ "better name it in pulsehook.sources.default.tokens.");
		}
	}

	private void warnOfAMissingConsole() {
		ClassLoader loader = this.context.getClassLoader();
		List<ConsoleDependency> missing = ConsoleDependency.ALL.stream()
			.filter((dependency) -> dependency.isMissingIn(loader))
			.toList();
		if (this.properties.console().enabled() && !missing.isEmpty()) {
			logger.warn("pulsehook.console.enabled is true, but there is no console, because it needs "
					+ missing.stream().map(ConsoleDependency::artifactId).collect(Collectors.joining(" and "))
					+ ". Add this to the dependencies of the application, or set pulsehook.console.enabled=false:\n"
					+ missing.stream().map(ConsoleDependency::xml).collect(Collectors.joining("\n")));
		}
	}

}
