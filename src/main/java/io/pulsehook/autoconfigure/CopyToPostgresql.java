package io.pulsehook.autoconfigure;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;

import javax.sql.DataSource;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

import io.pulsehook.inbox.InboxCopy;
import io.pulsehook.receive.FirstToken;

/**
 * The command that moves a service from SQLite to PostgreSQL. It has no
 * {@code @Configuration}, so that the service itself never picks it up.
 */
@Import(DataSourceAutoConfiguration.class)
@EnableConfigurationProperties(PulsehookProperties.class)
public class CopyToPostgresql {

	/** The first argument of the service that runs this command. */
	public static final String COMMAND = "copy-to-postgresql";

	private static final Log logger = LogFactory.getLog(CopyToPostgresql.class);

	/**
	 * Copies the inbox of the configured data directory into the configured PostgreSQL
	 * database.
	 * @param defaults the service's defaults
	 * @param arguments properties that take precedence over the configuration files
	 */
	public static void run(Properties defaults, String... arguments) {
		SpringApplication application = new SpringApplication(CopyToPostgresql.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.setDefaultProperties(defaults);
		// So that the DataSource is made where settings that lead nowhere are explained.
		application.setLazyInitialization(true);
		application.run(arguments).close();
	}

	@Bean
	ApplicationRunner copy(PulsehookProperties properties, ObjectProvider<DataSource> dataSources) {
		return (arguments) -> {
			Path directory = properties.dataDir();
			DataSource target = Objects.requireNonNull(DataSources.only(dataSources));
			InboxCopy.copy(directory, target, settings(directory))
				.forEach((table, rows) -> logger.info(table + ": " + rows + " rows, all copied"));
			logger.info("Everything in " + directory.toAbsolutePath().normalize() + " was copied. Start the service "
					+ "with the same spring.datasource.url from now on; the URL that SendPulse posts to stays the same.");
		};
	}

	// A service on SQLite keeps its generated token in its data directory, where other
	// replicas could not read it.
	private static Map<String, String> settings(Path directory) {
		return Files.exists(directory.resolve(FirstToken.FILE))
				? Map.of(FirstToken.SETTING, FirstToken.in(directory).value()) : Map.of();
	}

}
