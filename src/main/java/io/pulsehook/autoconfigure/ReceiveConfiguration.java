package io.pulsehook.autoconfigure;

import java.util.List;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import jakarta.servlet.http.HttpServlet;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

import io.pulsehook.event.EventReader;
import io.pulsehook.inbox.Inbox;
import io.pulsehook.inbox.SharedSettings;
import io.pulsehook.inbox.model.InboxUnavailableException;
import io.pulsehook.inbox.spool.SpooledInbox;
import io.pulsehook.receive.AllowedAddresses;
import io.pulsehook.receive.FirstToken;
import io.pulsehook.receive.ReceiveSettings;
import io.pulsehook.receive.Receiver;
import io.pulsehook.receive.Sources;
import io.pulsehook.receive.WebhookFilter;

/**
 * Receives webhooks at the secret URLs, which end in a token.
 */
@Configuration(proxyBeanMethods = false)
class ReceiveConfiguration {

	// Shared settings can be injected only once the storage is open, and then no other
	// process uses the data directory. Otherwise two processes could each generate a
	// token, and one of them would log a URL that does not work.
	@Bean
	WebhookUrl pulsehookWebhookUrl(PulsehookProperties properties, SharedSettings settings) {
		boolean configured = !Tokens.of(properties, null).bySource().isEmpty();
		FirstToken token = configured ? null : firstToken(properties, settings);
		return new WebhookUrl(properties.basePath(), properties.dataDir(), token, settings.isShared());
	}

	private static FirstToken firstToken(PulsehookProperties properties, SharedSettings settings) {
		if (!settings.isShared()) {
			return FirstToken.in(properties.dataDir());
		}
		try {
			return FirstToken.sharedThrough(settings, properties.dataDir());
		}
		catch (InboxUnavailableException ex) {
			throw settings.mayBeAway() ? TokenException.unknown(ex) : ex;
		}
	}

	@Bean
	Tokens pulsehookTokens(PulsehookProperties properties, WebhookUrl url) {
		return Tokens.of(properties, url.token());
	}

	@Bean
	Sources pulsehookSources(Tokens tokens) {
		return tokens.sources();
	}

	@Bean
	ReceiveSettings pulsehookReceiveSettings(PulsehookProperties properties, Environment environment) {
		if (!properties.allowedAddresses().isEmpty()) {
			new ForwardedAddresses(environment).warn();
		}
		return new ReceiveSettings(properties.basePath(), properties.maxBodySize(), properties.maxElements(),
				properties.readTimeout(), BufferSizes.ofThisProcess().bodies(properties),
				allowed(properties.allowedAddresses()));
	}

	private static AllowedAddresses allowed(List<String> addresses) {
		try {
			return new AllowedAddresses(addresses);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidConfigurationPropertyValueException("pulsehook.allowed-addresses",
					String.join(",", addresses), String.valueOf(ex.getMessage()));
		}
	}

	@Bean
	Receiver pulsehookReceiver(EventReader reader, Inbox inbox, ObjectProvider<SpooledInbox> spooled,
			ReceiveSettings settings, ObjectProvider<ObservationRegistry> observations) {
		return new Receiver(reader, inbox, spooled.getIfAvailable(), settings.maxElements(),
				observations.getIfAvailable(() -> ObservationRegistry.NOOP));
	}

	@Bean
	FilterRegistrationBean<WebhookFilter> pulsehookWebhookFilter(ReceiveSettings settings, Sources sources,
			Receiver receiver, ObjectProvider<MeterRegistry> meters, ObjectProvider<ObservationRegistry> observations) {
		WebhookFilter filter = new WebhookFilter(settings, sources, receiver,
				meters.getIfAvailable(SimpleMeterRegistry::new),
				observations.getIfAvailable(() -> ObservationRegistry.NOOP));
		FilterRegistrationBean<WebhookFilter> registration = new FilterRegistrationBean<>(filter);
		registration.addUrlPatterns(settings.path("*"));
		// Spring Boot's filter for forwarded headers comes first. It puts the sender's
		// address into the request, which is then compared with the allowed ones.
		registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
		return registration;
	}

	// A container runs a filter only if a servlet is mapped to the path, and the
	// application's own servlet may be mapped elsewhere. This servlet is never called,
	// since the filter answers each request.
	@Bean
	ServletRegistrationBean<HttpServlet> pulsehookWebhookServlet(PulsehookProperties properties) {
		ServletRegistrationBean<HttpServlet> registration = new ServletRegistrationBean<>(new HttpServlet() {
		}, properties.basePath() + "/webhooks/*");
		registration.setName(PulsehookAutoConfiguration.WEBHOOK_SERVLET);
		return registration;
	}

}
