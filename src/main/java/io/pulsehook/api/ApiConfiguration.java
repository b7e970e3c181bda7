package io.pulsehook.api;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.method.HandlerTypePredicate;
import org.springframework.web.servlet.config.annotation.PathMatchConfigurer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

import io.pulsehook.dispatch.HandlerTable;
import io.pulsehook.receive.ReceiveSettings;

/**
 * All of the operator's API.
 */
@Configuration(proxyBeanMethods = false)
@Import({ ContactsController.class, EventsController.class, DeliveriesController.class, HandlersController.class,
		ReceiveController.class, ReplaysController.class, OpenApiController.class, ApiProblems.class, ApiJson.class,
		HandlerTable.class })
public class ApiConfiguration {

	/**
	 * Puts the controllers of this package, and no others, below the API's path. It comes
	 * before the configurers of a host application, because the first prefix that matches
	 * a controller counts.
	 * @param settings where everything of Pulsehook lies
	 * @return what tells Spring MVC the path
	 */
	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	WebMvcConfigurer pulsehookApiPath(ReceiveSettings settings) {
		return new WebMvcConfigurer() {

			@Override
			public void configurePathMatch(PathMatchConfigurer paths) {
				paths.addPathPrefix(settings.basePath() + "/api",
						HandlerTypePredicate.forBasePackageClass(ApiConfiguration.class));
			}

		};
	}

}
