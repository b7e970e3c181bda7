package io.pulsehook.app;

import java.io.IOException;
import java.util.Properties;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;

import io.pulsehook.app.limits.HeapLimits;
import io.pulsehook.app.listen.ListenCommand;
import io.pulsehook.app.plugin.Plugins;
import io.pulsehook.app.send.SendCommand;
import io.pulsehook.autoconfigure.CopyToPostgresql;

/**
 * The service.
 */
@SpringBootApplication(exclude = DataSourceAutoConfiguration.class)
public class PulsehookApplication {

	/**
	 * Starts the service, or does what the first argument asks for:
	 * {@code copy-to-postgresql} moves what it has kept, {@code listen} hands the events
	 * of a deployed service on, and {@code send} posts examples to a URL.
	 * @param arguments configuration, such as {@code --server.port=8081}
	 * @throws IOException if the jar is broken
	 */
	public static void main(String[] arguments) throws IOException {
		if (arguments.length > 0 && arguments[0].equals(CopyToPostgresql.COMMAND)) {
			CopyToPostgresql.run(serviceDefaults(), arguments);
			return;
		}
		if (arguments.length > 0 && arguments[0].equals(ListenCommand.COMMAND)) {
			ListenCommand.run(serviceDefaults(), arguments);
			return;
		}
		if (arguments.length > 0 && arguments[0].equals(SendCommand.COMMAND)) {
			System.exit(SendCommand.run(arguments));
		}
		SpringApplication application = new SpringApplication(PulsehookApplication.class);
		application.setDefaultProperties(serviceDefaults());
		application.addInitializers(new Plugins());
		application.run(arguments);
	}

	// The defaults are not in an application.properties, because a library must not put
	// one on the class path of its host.
	private static Properties serviceDefaults() throws IOException {
		Properties defaults = PropertiesLoaderUtils
			.loadProperties(new ClassPathResource("service.properties", PulsehookApplication.class));
		HeapLimits heap = HeapLimits.ofThisProcess();
		defaults.setProperty("server.tomcat.max-connections", Long.toString(heap.connections()));
		defaults.setProperty("server.tomcat.processor-cache", Long.toString(heap.idleProcessors()));
		return defaults;
	}

}
