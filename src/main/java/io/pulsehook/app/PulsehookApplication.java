package io.pulsehook.app;

import java.io.IOException;
import java.util.Properties;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;

/**
 * The service.
 */
@SpringBootApplication
public class PulsehookApplication {

	/**
	 * Starts the service.
	 * @param arguments configuration, such as {@code --server.port=8081}
	 * @throws IOException if the jar is broken
	 */
	public static void main(String[] arguments) throws IOException {
		SpringApplication application = new SpringApplication(PulsehookApplication.class);
		application.setDefaultProperties(serviceDefaults());
		application.run(arguments);
	}

	// Not an application.properties: a library on the class path must bring none.
	private static Properties serviceDefaults() throws IOException {
		return PropertiesLoaderUtils
			.loadProperties(new ClassPathResource("service.properties", PulsehookApplication.class));
	}

}
