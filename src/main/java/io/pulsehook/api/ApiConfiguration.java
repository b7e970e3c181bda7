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
 * All of the operator's API.
 */
@Configuration(proxyBeanMethods = false)
@Import({ ContactsController.class, EventsController.class, DeliveriesController.class, HandlersController.class,
		ReceiveController.class, ReplaysController.class, OpenApiController.class, ApiProblems.class, ApiJson.class,
		HandlerTable.class })
public class ApiConfiguration {

	/**
	 * Puts the controllers of this package, and no others, below the API's path.
	 * @param settings where everything of Pulsehook lies
	 * @return what tells Spring MVC the path
	 */
	@Bean
	static ControllerPath pulsehookApiPath(ObjectProvider<ReceiveSettings> settings) {
		return new ControllerPath(HandlerTypePredicate.forBasePackageClass(ApiConfiguration.class),
				() -> settings.getObject().basePath() + "/api");
	}

}
