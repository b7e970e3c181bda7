package io.pulsehook.app.crowd;

import java.time.Duration;
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
	RequestGuard requestGuard(LimitProperties limits, Environment environment,
			@Value("${server.tomcat.threads.max:200}") int threads,
			@Value("${pulsehook.read-timeout:10s}") Duration bodyTime,
			@Value("${management.endpoints.web.base-path:/actuator}") String actuator) {
		int requests = Objects.requireNonNullElseGet(limits.requests(), Heap.ofThisProcess()::requests);
		if (!Threading.VIRTUAL.isActive(environment)) {
			// Or those who read or send slowly would have all threads.
			requests = Math.min(requests, Math.max(2, threads / 4));
		}
		logger.info("At most " + requests + " requests of strangers are in progress at once, besides "
				+ environment.getProperty("server.tomcat.max-connections") + " connections, with a heap of "
				+ DataSize.ofBytes(Runtime.getRuntime().maxMemory()).toMegabytes() + "MB");
		return new RequestGuard(new GuardSettings(requests, (int) limits.requestBody().toBytes(), bodyTime,
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
