package io.pulsehook.api;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * All of the operator's API.
 */
@Configuration(proxyBeanMethods = false)
@Import({ ContactsController.class, EventsController.class, DeliveriesController.class, HandlersController.class,
		ReceiveController.class, ReplaysController.class, OpenApiController.class, ApiProblems.class, ApiJson.class })
public class ApiConfiguration {

}
