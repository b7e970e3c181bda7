package io.pulsehook.app;

import java.io.IOException;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

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
 * The main class of the service.
 */
@SpringBootApplication(exclude = DataSourceAutoConfiguration.class)
public class PulsehookApplication {

	private static final List<String> COMMANDS = List.of(CopyToPostgresql.COMMAND, ListenCommand.COMMAND,
			SendCommand.COMMAND);

	/** The exit code for arguments that cannot be used. */
	private static final int MISUSED = 2;

	/**
	 * Starts the service, or does what the first argument asks for:
	 * {@code copy-to-postgresql} copies its SQLite file to PostgreSQL, {@code listen}
	 * hands the events of a deployed service on to another address, and {@code send}
	 * posts examples to a URL.
	 * @param arguments configuration, such as {@code --server.port=8081}
	 * @throws IOException if the jar is broken
	 */
	public static void main(String[] arguments) throws IOException {
		String command = (arguments.length > 0 && !arguments[0].startsWith("-")) ? arguments[0] : "";
		switch (command) {
			case "" -> startUnlessCommanded(arguments);
			case CopyToPostgresql.COMMAND -> CopyToPostgresql.run(serviceDefaults(), arguments);
			case ListenCommand.COMMAND -> ListenCommand.run(serviceDefaults(), arguments);
			case SendCommand.COMMAND -> System.exit(SendCommand.run(arguments));
			default -> System.exit(refuse(command));
		}
	}

	// A command behind an option must not start a service that nobody asked for: on the
	// database that was to be copied to, for example.
	private static void startUnlessCommanded(String[] arguments) throws IOException {
		List<String> late = Stream.of(arguments).filter(COMMANDS::contains).toList();
		if (!late.isEmpty()) {
			System.err.println("The command '" + late.get(0) + "' has to be the first argument, before all options.");
			System.exit(MISUSED);
		}
		start(arguments);
	}

	private static void start(String[] arguments) throws IOException {
		SpringApplication application = new SpringApplication(PulsehookApplication.class);
		application.setDefaultProperties(serviceDefaults());
		application.addInitializers(new Plugins());
		application.run(arguments);
	}

	// A misspelt command must not start a service that nobody asked for. The message
	// quotes it only if it is a word, because a URL can have a token in it.
	private static int refuse(String command) {
		String quoted = command.matches("[\\w-]{1,40}") ? " '" + command + "'" : "";
		System.err.println("There is no command" + quoted + ". The commands are " + CopyToPostgresql.COMMAND + ", "
				+ ListenCommand.COMMAND + " and " + SendCommand.COMMAND + "; without one, the service starts.");
		return MISUSED;
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
