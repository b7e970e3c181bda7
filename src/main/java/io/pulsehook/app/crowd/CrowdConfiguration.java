package io.pulsehook.app.crowd;

import java.util.Objects;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.thread.Threading;
import org.springframework.boot.tomcat.TomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.util.unit.DataSize;

import io.pulsehook.autoconfigure.PulsehookProperties;

/**
 * Bounds what strangers take of the service.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LimitProperties.class)
class CrowdConfiguration {

	private static final Log logger = LogFactory.getLog(CrowdConfiguration.class);

	/** Most webhooks have less. The container has twice as much for each connection. */
	private static final DataSize READ_BUFFER = DataSize.ofKilobytes(4);

	/** An answer to a webhook has less. The container has four times as much. */
	private static final DataSize WRITE_BUFFER = DataSize.ofKilobytes(2);

	@Bean
	RequestGuard requestGuard(LimitProperties limits, PulsehookProperties pulsehook, Environment environment,
			@Value("${server.tomcat.threads.max:200}") int threads,
			@Value("${management.endpoints.web.base-path:/actuator}") String actuator) {
		int requests = Objects.requireNonNullElseGet(limits.requests(), Heap.ofThisProcess()::requests);
		if (!Threading.VIRTUAL.isActive(environment)) {
			// Or those who read or send slowly would have all threads.
			requests = Math.min(requests, Math.max(2, threads / 4));
		}
		logger.info("With a heap of " + DataSize.ofBytes(Runtime.getRuntime().maxMemory()).toMegabytes()
				+ " MB, there are at most " + environment.getProperty("server.tomcat.max-connections")
				+ " connections, and " + requests + " requests in progress that are no webhooks.");
		return new RequestGuard(new GuardSettings(requests, (int) limits.requestBody().toBytes(),
				pulsehook.basePath() + "/api/events", (int) pulsehook.maxBodySize().toBytes(), pulsehook.readTimeout(),
				limits.requestTime(), actuator + "/health"));
	}

	@Bean
	OperatorFilter operatorFilter(RequestGuard guard, LimitProperties limits) {
		return new OperatorFilter(guard.operators(), limits.operatorTime());
	}

	// Last, so that it is the first of all that a request meets.
	@Bean
	@Order(Ordered.LOWEST_PRECEDENCE)
	WebServerFactoryCustomizer<TomcatWebServerFactory> crowdedServer(RequestGuard guard) {
		return (server) -> {
			server.setProtocol(CrowdedProtocol.class.getName());
			server.addEngineValves(guard);
			server.addConnectorCustomizers((connector) -> {
				connector.setProperty("socket.appReadBufSize", Long.toString(READ_BUFFER.toBytes()));
				connector.setProperty("socket.appWriteBufSize", Long.toString(WRITE_BUFFER.toBytes()));
			});
		};
	}

}
