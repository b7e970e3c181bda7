package io.pulsehook.autoconfigure;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

import io.pulsehook.autoconfigure.destination.DestinationConfiguration;
import io.pulsehook.event.EventReader;

/**
 * Receives webhooks, stores them, and hands their events to the handler beans of the
 * application.
 */
@AutoConfiguration(afterName = "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBooleanProperty(name = "pulsehook.enabled", matchIfMissing = true)
@EnableConfigurationProperties(PulsehookProperties.class)
@Import({ StorageConfiguration.class, SpoolConfiguration.class, DispatchConfiguration.class,
		DestinationConfiguration.class, ReceiveConfiguration.class })
public class PulsehookAutoConfiguration {

	/** The name of the servlet that is mapped to the path of the webhooks. */
	public static final String WEBHOOK_SERVLET = "pulsehookWebhooks";

	@Bean
	EventReader pulsehookEventReader() {
		return new EventReader();
	}

}
