package io.pulsehook.autoconfigure;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;

/**
 * A library that the console needs and that a host application has to add.
 *
 * @param groupId its group
 * @param artifactId its name
 * @param version its version, or {@code null} where Spring Boot manages it
 * @param resource a file in it, by which its presence is recognised
 */
record ConsoleDependency(String groupId, String artifactId, @Nullable String version, String resource) {

	static final String THYMELEAF = "org/thymeleaf/spring6/SpringTemplateEngine.class";

	static final String PICO = "META-INF/maven/org.webjars.npm/picocss__pico/pom.properties";

	static final String CHARTS = "META-INF/maven/org.webjars.npm/chart.js/pom.properties";

	/** All libraries that the console needs, in the versions that the service has. */
	static final List<ConsoleDependency> ALL = List.of(
			new ConsoleDependency("org.thymeleaf", "thymeleaf-spring6", null, THYMELEAF),
			new ConsoleDependency("org.webjars.npm", "picocss__pico", "2.1.1", PICO),
			new ConsoleDependency("org.webjars.npm", "chart.js", "4.5.1", CHARTS));

	boolean isMissingIn(@Nullable ClassLoader loader) {
		return !new ClassPathResource(this.resource, loader).exists();
	}

	/**
	 * Returns what the application has to add to its POM.
	 * @return the element, on lines of their own
	 */
	String xml() {
		return "<dependency>\n\t<groupId>" + this.groupId + "</groupId>\n\t<artifactId>" + this.artifactId
				+ "</artifactId>\n" + ((this.version != null) ? "\t<version>" + this.version + "</version>\n" : "")
				+ "</dependency>";
	}

}
