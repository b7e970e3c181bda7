package io.pulsehook.app.listen;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * The command that hands the events of a deployed service on to another address, such as
 * that of a service on the developer's own machine. It is no configuration class, so that
 * the service itself never creates its beans.
 */
public class ListenCommand {

	/** The first argument that asks for it. */
	public static final String COMMAND = "listen";

	private static final String USAGE = "Start it as: " + COMMAND
			+ " --from=<address of the deployed service> --to=<URL to post to> [--cursor=<file>], with "
			+ "PULSEHOOK_USER and PULSEHOOK_PASSWORD in the environment";

	/**
	 * Listens until the process is ended.
	 * @param defaults the service's defaults
	 * @param arguments the command, and its options that say where from and where to
	 */
	public static void run(Properties defaults, String... arguments) {
		SpringApplication application = new SpringApplication(ListenCommand.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.setDefaultProperties(defaults);
		application.run(arguments);
	}

	@Bean
	ApplicationRunner listen(Environment environment) {
		return (arguments) -> {
			URI from = address(arguments, "from");
			RemoteInbox remote = new RemoteInbox(from, credential(environment, "PULSEHOOK_USER"),
					credential(environment, "PULSEHOOK_PASSWORD"));
			URI to = address(arguments, "to");
			Cursor cursor = new Cursor(file(arguments, from, to));
			new Listener(remote, new Target(to), cursor, Duration.ofSeconds(1)).run();
		};
	}

	private static URI address(ApplicationArguments arguments, String name) {
		URI address = uri(String.valueOf(value(arguments, name)));
		if (address == null || !("http".equals(address.getScheme()) || "https".equals(address.getScheme()))
				|| address.getHost() == null || address.getUserInfo() != null) {
			throw new ListenException("--" + name
					+ " is missing, or no address such as https://prod.example, without a " + "user and a password.",
					USAGE);
		}
		return address;
	}

	// The message does not quote an address that cannot be read, because it may have a
	// token in it.
	private static @Nullable URI uri(String value) {
		try {
			return new URI(value.replaceFirst("/$", ""));
		}
		catch (URISyntaxException ex) {
			return null;
		}
	}

	private static Path file(ApplicationArguments arguments, URI from, URI to) {
		String file = value(arguments, "cursor");
		return (file != null) ? Path.of(file) : Cursor.defaultFile(from, to);
	}

	private static @Nullable String value(ApplicationArguments arguments, String name) {
		List<String> values = arguments.getOptionValues(name);
		return (values != null && values.size() == 1) ? values.get(0) : null;
	}

	private static String credential(Environment environment, String name) {
		String value = environment.getProperty(name);
		if (value == null || value.isEmpty()) {
			throw new ListenException(name + " is not set, so there is nothing to log in with.", USAGE);
		}
		return value;
	}

}
