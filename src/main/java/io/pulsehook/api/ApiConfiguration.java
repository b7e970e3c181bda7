package io.pulsehook.api;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.method.HandlerTypePredicate;

import io.pulsehook.dispatch.HandlerTable;
import io.pulsehook.receive.ReceiveSettings;
import io.pulsehook.web.ControllerPath;

/**
 * Registers the controllers of the operator's API, and what they need.
 */
@Configuration(proxyBeanMethods = false)
@Import({ ContactsController.class, EventsController.class, DeliveriesController.class, DestinationsController.class,
		HandlersController.class, ReceiveController.class, ReconciliationsController.class, ReplaysController.class,
		SpoolController.class, OpenApiController.class, ApiProblems.class, ApiJson.class, HandlerTable.class })
public class ApiConfiguration {

	/**
	 * Puts the controllers of this package, and no others, below the API's path.
	 * @param settings names the path that precedes the API's
	 * @return a configurer that adds the path
	 */
	@Bean
	static ControllerPath pulsehookApiPath(ObjectProvider<ReceiveSettings> settings) {
		return new ControllerPath(HandlerTypePredicate.forBasePackageClass(ApiConfiguration.class),
				() -> settings.getObject().basePath() + "/api");
	}

}
