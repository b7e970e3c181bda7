package io.pulsehook.autoconfigure;

import java.nio.file.Path;

import jakarta.servlet.ServletContext;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.web.context.WebApplicationContext;

import io.pulsehook.receive.FirstToken;

/**
 * Logs the URL at which webhooks are received. Only a token that has just been generated
 * is named, in this one line, since the operator could not know it otherwise.
 */
final class WebhookUrl implements ApplicationListener<WebServerInitializedEvent> {

	private static final Log logger = LogFactory.getLog(WebhookUrl.class);

	private final String basePath;

	private final Path dataDirectory;

	private final @Nullable FirstToken token;

	private final boolean shared;

	WebhookUrl(String basePath, Path dataDirectory, @Nullable FirstToken token, boolean shared) {
		this.basePath = basePath;
		this.dataDirectory = dataDirectory.toAbsolutePath().normalize();
		this.token = token;
		this.shared = shared;
	}

	/**
	 * Returns the token that was generated because none is configured.
	 * @return the token, or {@code null} when tokens are configured
	 */
	@Nullable FirstToken token() {
		return this.token;
	}

	@Override
	public void onApplicationEvent(WebServerInitializedEvent event) {
		if (event.getApplicationContext().getServerNamespace() != null) {
			return;
		}
		String root = "http://localhost:" + event.getWebServer().getPort() + contextPath(event.getApplicationContext())
				+ this.basePath + "/webhooks/";
		if (this.token != null && this.token.created()) {
			logger.info("Paste this URL into SendPulse, with your public host name: " + root + this.token.value());
		}
		logger.info("Webhooks are received at " + root + "<" + tokenPlace() + "> and kept in "
				+ (this.shared ? "PostgreSQL" : this.dataDirectory) + ".");
	}

	private String tokenPlace() {
		if (this.token == null) {
			return "a configured token";
		}
		return "the token in "
				+ (this.shared ? "table pulsehook_setting" : this.dataDirectory.resolve(FirstToken.FILE).toString());
	}

	private static String contextPath(ApplicationContext context) {
		ServletContext servlets = (context instanceof WebApplicationContext web) ? web.getServletContext() : null;
		return (servlets != null) ? servlets.getContextPath() : "";
	}

}
