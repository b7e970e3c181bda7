package io.pulsehook.autoconfigure;

import java.util.Locale;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.boot.cloud.CloudPlatform;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Warns when {@code pulsehook.allowed-addresses} is compared with an address from a
 * header: whoever can send that header can claim to be an allowed address.
 */
final class ForwardedAddresses {

	private static final Log logger = LogFactory.getLog(ForwardedAddresses.class);

	private static final String STRATEGY = "server.forward-headers-strategy";

	private static final String REMOTE_IP = "server.tomcat.remoteip.";

	private static final String PROXIES = REMOTE_IP + "internal-proxies";

	private final Environment environment;

	ForwardedAddresses(Environment environment) {
		this.environment = environment;
	}

	void warn() {
		String strategy = strategy();
		if (strategy.equals("framework")) {
			logger.warn("pulsehook.allowed-addresses is compared with what Forwarded and X-Forwarded-For say, and with "
					+ STRATEGY + "=framework whoever reaches this port can say anything there. Let nobody reach it but "
					+ "a proxy that replaces these headers, or set " + STRATEGY + "=native and " + PROXIES + ".");
		}
		else if (strategy.equals("native") && !StringUtils.hasText(this.environment.getProperty(PROXIES))) {
			logger.warn("pulsehook.allowed-addresses is compared with what X-Forwarded-For says, and whoever is in a "
					+ "private network can say anything there. Set " + PROXIES
					+ " to the addresses of your proxies and to nothing else.");
		}
	}

	// Spring Boot decides in the same way whether it reads such headers.
	private String strategy() {
		String configured = this.environment.getProperty(STRATEGY);
		if (StringUtils.hasText(configured)) {
			return configured.toLowerCase(Locale.ROOT);
		}
		CloudPlatform platform = CloudPlatform.getActive(this.environment);
		boolean forwarded = platform != null && platform.isUsingForwardHeaders()
				|| StringUtils.hasText(this.environment.getProperty(REMOTE_IP + "remote-ip-header"));
		return forwarded ? "native" : "none";
	}

}
