package io.pulsehook.app.limits;

import java.util.Objects;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.thread.Threading;
import org.springframework.boot.tomcat.TomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;
import org.springframework.util.unit.DataSize;

import io.pulsehook.autoconfigure.PulsehookProperties;

/**
 * Limits what strangers can take of the service's memory, threads and connections.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LimitProperties.class)
class LimitConfiguration {

	private static final Log logger = LogFactory.getLog(LimitConfiguration.class);

	/**
	 * The buffer that each connection has for reading. Most webhooks are smaller, and the
	 * container's default is twice as much.
	 */
	private static final DataSize READ_BUFFER = DataSize.ofKilobytes(4);

	/**
	 * The buffer that each connection has for writing. Answers to webhooks are smaller,
	 * and the container's default is four times as much.
	 */
	private static final DataSize WRITE_BUFFER = DataSize.ofKilobytes(2);

	private static final String HEALTH = "health";

	@Bean
	RequestGuard requestGuard(LimitProperties limits, PulsehookProperties pulsehook, Refusals refusals,
			WebEndpointProperties endpoints, Environment environment,
			@Value("${server.tomcat.threads.max:200}") int threads) {
		// Without the API, no request may have a large body.
		int eventsBody = pulsehook.api().enabled() ? (int) pulsehook.maxBodySize().toBytes() : 0;
		HeapLimits heap = HeapLimits.ofThisProcess();
		int requests = Objects.requireNonNullElseGet(limits.requests(), heap::requests);
		RequestLimits places = new RequestLimits(requests, heap.largeBodies(eventsBody));
		if (!Threading.VIRTUAL.isActive(environment)) {
			places = places.on(threads);
		}
		logger.info("With a heap of " + DataSize.ofBytes(Runtime.getRuntime().maxMemory()).toMegabytes()
				+ " MB, there are at most " + environment.getProperty("server.tomcat.max-connections")
				+ " connections, and " + places.requests() + " requests in progress that are no webhooks.");
		return new RequestGuard(
				new GuardSettings(places, (int) limits.requestBody().toBytes(), pulsehook.basePath() + "/api/events",
						eventsBody, pulsehook.readTimeout(), limits.requestTime(), health(endpoints)),
				refusals);
	}

	private static String health(WebEndpointProperties endpoints) {
		String path = endpoints.getPathMapping().getOrDefault(HEALTH, HEALTH);
		return endpoints.getBasePath() + "/"
				+ StringUtils.trimTrailingCharacter(StringUtils.trimLeadingCharacter(path, '/'), '/');
	}

	@Bean
	Refusals refusals() {
		return new Refusals();
	}

	@Bean
	OperatorFilter operatorFilter(RequestGuard guard, LimitProperties limits) {
		return new OperatorFilter(guard.operators(), limits.operatorTime());
	}

	// The guard is the last of all valves. It runs after the one that reads the sender
	// from a proxy's headers, and after the access log, which so has refused requests
	// too. Everything that reads a body or a parameter runs after the guard.
	@Bean
	@Order(Ordered.LOWEST_PRECEDENCE)
	WebServerFactoryCustomizer<TomcatWebServerFactory> crowdedServer(RequestGuard guard) {
		return (server) -> {
			server.setProtocol(EvictingProtocol.class.getName());
			server.addEngineValves(guard);
			server.addConnectorCustomizers((connector) -> {
				connector.setProperty("socket.appReadBufSize", Long.toString(READ_BUFFER.toBytes()));
				connector.setProperty("socket.appWriteBufSize", Long.toString(WRITE_BUFFER.toBytes()));
			});
		};
	}

}
