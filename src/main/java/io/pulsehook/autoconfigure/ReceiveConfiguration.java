package io.pulsehook.autoconfigure;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import jakarta.servlet.http.HttpServlet;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

import io.pulsehook.event.EventReader;
import io.pulsehook.inbox.Inbox;
import io.pulsehook.inbox.SharedSettings;
import io.pulsehook.receive.AllowedAddresses;
import io.pulsehook.receive.FirstToken;
import io.pulsehook.receive.ReceiveSettings;
import io.pulsehook.receive.Receiver;
import io.pulsehook.receive.Sources;
import io.pulsehook.receive.WebhookFilter;

/**
 * Receives what is posted to the URLs that the tokens make secret.
 */
@Configuration(proxyBeanMethods = false)
class ReceiveConfiguration {

	// The settings come with the storage, which has made sure that no other process uses
	// the directory: two processes would each make a token and keep the other's.
	@Bean
	WebhookUrl pulsehookWebhookUrl(PulsehookProperties properties, SharedSettings settings) {
		boolean configured = properties.token() != null || !properties.sources().isEmpty();
		FirstToken token = configured ? null : firstToken(properties, settings);
		return new WebhookUrl(properties.basePath(), properties.dataDir(), token, settings.isShared());
	}

	private static FirstToken firstToken(PulsehookProperties properties, SharedSettings settings) {
		return settings.isShared() ? FirstToken.sharedThrough(settings, properties.dataDir())
				: FirstToken.in(properties.dataDir());
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
				new AllowedAddresses(properties.allowedAddresses()));
	}

	@Bean
	Receiver pulsehookReceiver(EventReader reader, Inbox inbox, ReceiveSettings settings,
			ObjectProvider<ObservationRegistry> observations) {
		return new Receiver(reader, inbox, settings.maxElements(),
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
		// The first filter reads what a proxy says of the sender. This one comes next,
		// since it compares addresses with what the first one found.
		registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
		return registration;
	}

	// A container runs filters only in front of a servlet, and the application's own may
	// have another path. This one never runs, since the filter answers every request.
	@Bean
	ServletRegistrationBean<HttpServlet> pulsehookWebhookServlet(PulsehookProperties properties) {
		ServletRegistrationBean<HttpServlet> registration = new ServletRegistrationBean<>(new HttpServlet() {
		}, properties.basePath() + "/webhooks/*");
		registration.setName(PulsehookAutoConfiguration.WEBHOOK_SERVLET);
		return registration;
	}

}
