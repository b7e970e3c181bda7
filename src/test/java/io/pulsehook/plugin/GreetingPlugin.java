package io.pulsehook.plugin;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

import io.pulsehook.EventHandler;
import io.pulsehook.event.IncomingMessage;

/**
 * The configuration that a plug-in contains. It never runs in a test's own JVM.
 */
@AutoConfiguration
public class GreetingPlugin {

	@Bean
	EventHandler<IncomingMessage> greeting() {
		return (message, delivery) -> System.out.println("Plug-in was told '" + message.text() + "'");
	}

}
