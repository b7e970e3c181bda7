package io.pulsehook.autoconfigure;

import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.aop.framework.autoproxy.BeanNameAutoProxyCreator;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.stereotype.Component;

import io.pulsehook.Delivery;
import io.pulsehook.EventHandler;
import io.pulsehook.Handler;
import io.pulsehook.dispatch.handler.HandlerSettings;
import io.pulsehook.dispatch.handler.HandlerSettings.Ordering;
import io.pulsehook.dispatch.handler.Handlers;
import io.pulsehook.dispatch.handler.RegisteredHandler;
import io.pulsehook.event.FlowWebhook;
import io.pulsehook.event.PaymentOrder;
import io.pulsehook.inbox.model.Rate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests where a handler's settings come from.
 */
class HandlerAnnotationTests {

	private static final Rate FIVE = Rate.of("5/s");

	private static final String[] NAMES = { "ofMethod", "ofStaticMethod", "ofScopedMethod", "ofFactoryMethod",
			"ofComposedAnnotation", "ofClassOfMethod", "ofClassScopedByInterface", "ofClassScopedByClass", "ofClass",
			"ofFactoryClass" };

	private final WebApplicationContextRunner runner;

	HandlerAnnotationTests(@TempDir Path directory) {
		this.runner = new WebApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(PulsehookAutoConfiguration.class))
			.withPropertyValues("pulsehook.data-dir=" + directory);
	}

	@Test
	void everyAttributeIsASetting() {
		this.runner.withUserConfiguration(Everything.class)
			.run((context) -> assertThat(settings(context, "everything")).isEqualTo(new HandlerSettings(2,
					Duration.ofSeconds(3), 1.5, Duration.ofMinutes(4), Duration.ofMillis(500),
					List.of(IOException.class), List.of(IllegalStateException.class, IllegalArgumentException.class),
					Duration.ofMinutes(2), 3, Ordering.NONE,
					Map.of("title", List.of("Reserved*", "Booked = yes"), "sent-by", List.of("operator")),
					Rate.of("100/10s"), 7, Duration.ofSeconds(5), Duration.ofSeconds(30), 50)));
	}

	@Test
	void whatIsNotGivenIsTheDefault() {
		this.runner.withUserConfiguration(Defaulted.class)
			.withPropertyValues("pulsehook.defaults.timeout=7s")
			.run((context) -> {
				HandlerSettings settings = settings(context, "reserve");
				assertThat(settings.rate()).isEqualTo(Rate.of("5/s"));
				assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(7));
				assertThat(settings.maxRetries()).isEqualTo(16);
				assertThat(settings.includes()).isEmpty();
				assertThat(settings.ordering()).isEqualTo(Ordering.KEY);
				assertThat(settings.breaker()).isEqualTo(20);
				assertThat(settings.quiet()).isEqualTo(Duration.ofSeconds(10));
				assertThat(settings.maxWait()).isEqualTo(Duration.ofSeconds(60));
				assertThat(settings.maxEvents()).isEqualTo(100);
			});
	}

	@Test
	void aPropertyOfTheHandlerPrecedesItsAnnotationAndThatTheDefaults() {
		this.runner.withUserConfiguration(Everything.class)
			.withPropertyValues("pulsehook.handlers.everything.rate=60/m",
					"pulsehook.handlers.everything.max-retries=0", "pulsehook.defaults.max-retries=9",
					"pulsehook.defaults.concurrency=9", "pulsehook.defaults.rate=9/s")
			.run((context) -> {
				HandlerSettings settings = settings(context, "everything");
				assertThat(settings.rate()).isEqualTo(Rate.of("60/m"));
				assertThat(settings.maxRetries()).isZero();
				assertThat(settings.concurrency()).isEqualTo(3);
			});
	}

	@Test
	void aFilterReplacesTheWholeFilterOfWhatItPrecedes() {
		WebApplicationContextRunner filtering = this.runner.withUserConfiguration(Everything.class, OneHandler.class)
			.withPropertyValues("pulsehook.defaults.filter.service=telegram,whatsapp");
		filtering.run((context) -> {
			assertThat(settings(context, "handler").filter())
				.isEqualTo(Map.of("service", List.of("telegram", "whatsapp")));
			assertThat(settings(context, "everything").filter()).containsOnlyKeys("title", "sent-by");
		});
		filtering.withPropertyValues("pulsehook.handlers.everything.filter.title=Booked*")
			.run((context) -> assertThat(settings(context, "everything").filter())
				.isEqualTo(Map.of("title", List.of("Booked*"))));
		filtering.withPropertyValues("pulsehook.handlers.everything.filter=")
			.run((context) -> assertThat(settings(context, "everything").filter()).isEmpty());
	}

	@Test
	void aFilterCanBeSetInEnvironmentVariables() {
		Map<String, Object> variables = Map.of("PULSEHOOK_HANDLERS_HANDLER_FILTER_TITLE", "Reserved*,Booked*",
				"PULSEHOOK_HANDLERS_HANDLER_FILTER_SENTBY", "operator");
		this.runner.withUserConfiguration(OneHandler.class)
			.withInitializer((context) -> context.getEnvironment()
				.getPropertySources()
				.replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
						new SystemEnvironmentPropertySource(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
								variables)))
			.run((context) -> assertThat(settings(context, "handler").filter())
				.isEqualTo(Map.of("title", List.of("Reserved*", "Booked*"), "sent-by", List.of("operator"))));
	}

	@Test
	void anAttributeOfTheMethodPrecedesThatOfTheClass() {
		this.runner.withUserConfiguration(OfBoth.class).run((context) -> {
			assertThat(settings(context, "both").rate()).isEqualTo(Rate.of("9/s"));
			assertThat(settings(context, "both").maxRetries()).isEqualTo(4);
		});
	}

	@Test
	void isFoundHoweverTheHandlerIsDeclared() {
		this.runner.withUserConfiguration(Wrapped.class).run(HandlerAnnotationTests::assertAllAreFound);
	}

	@Test
	void isFoundOnHandlersThatAreNotMadeYet() {
		this.runner.withUserConfiguration(Wrapped.class)
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.run(HandlerAnnotationTests::assertAllAreFound);
	}

	@Test
	void isFoundBehindProxiesThatHideTheClass() {
		this.runner.withUserConfiguration(Wrapped.class, Proxies.class).run((context) -> {
			assertThat(Proxy.isProxyClass(context.getBean("ofClassOfMethod").getClass())).isTrue();
			assertAllAreFound(context);
		});
	}

	@Test
	void isFoundOnASingletonThatIsRegisteredAsItIs() {
		this.runner.withInitializer((context) -> context.getBeanFactory().registerSingleton("reserve", new Reserve()))
			.run((context) -> assertThat(settings(context, "reserve").rate()).isEqualTo(FIVE));
	}

	private static void assertAllAreFound(ApplicationContext context) {
		assertThat(context.getBean(Handlers.class).all()).hasSize(NAMES.length)
			.allSatisfy((handler) -> assertThat(handler.settings().rate()).as(handler.id()).isEqualTo(FIVE));
	}

	private static HandlerSettings settings(ApplicationContext context, String name) {
		return context.getBean(Handlers.class)
			.all()
			.stream()
			.filter((handler) -> handler.id().equals(name))
			.map(RegisteredHandler::settings)
			.findFirst()
			.orElseThrow();
	}

	@Configuration(proxyBeanMethods = false)
	static class Everything {

		@Bean
		@Handler(filter = { "title=Reserved*", "title = Booked = yes", "sent-by=operator" }, rate = "100/10s",
				breaker = 7, quiet = "5s", maxWait = "30s", maxEvents = 50, maxRetries = 2, delay = "3s",
				multiplier = 1.5, maxDelay = "4m", jitter = "500ms", includes = IOException.class,
				excludes = { IllegalStateException.class, IllegalArgumentException.class }, timeout = "2m",
				concurrency = 3, ordering = Handler.Ordering.NONE)
		EventHandler<FlowWebhook> everything() {
			return (webhook, delivery) -> {
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Defaulted {

		@Bean
		@Handler(rate = "5/s")
		EventHandler<FlowWebhook> reserve() {
			return (webhook, delivery) -> {
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OneHandler {

		@Bean
		EventHandler<FlowWebhook> handler() {
			return (webhook, delivery) -> {
			};
		}

	}

	@Handler(rate = "5/s", maxRetries = 4)
	static class Reserve implements EventHandler<PaymentOrder> {

		@Override
		public void handle(PaymentOrder event, Delivery delivery) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OfBoth {

		@Bean
		@Handler(rate = "9/s")
		Reserve both() {
			return new Reserve();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import({ OfClass.class, OfFactoryClass.class })
	static class Wrapped {

		@Bean
		@Handler(rate = "5/s")
		EventHandler<FlowWebhook> ofMethod() {
			return (webhook, delivery) -> {
			};
		}

		@Bean
		@Handler(rate = "5/s")
		static EventHandler<FlowWebhook> ofStaticMethod() {
			return (webhook, delivery) -> {
			};
		}

		@Bean
		@Handler(rate = "5/s")
		@Scope(scopeName = "prototype", proxyMode = ScopedProxyMode.INTERFACES)
		EventHandler<FlowWebhook> ofScopedMethod() {
			return (webhook, delivery) -> {
			};
		}

		@Bean
		@Handler(rate = "5/s")
		FactoryBean<EventHandler<PaymentOrder>> ofFactoryMethod() {
			return new PlainFactory();
		}

		@Bean
		@Gentle
		EventHandler<FlowWebhook> ofComposedAnnotation() {
			return (webhook, delivery) -> {
			};
		}

		@Bean
		Reserve ofClassOfMethod() {
			return new Reserve();
		}

		@Bean
		@Scope(scopeName = "prototype", proxyMode = ScopedProxyMode.INTERFACES)
		Reserve ofClassScopedByInterface() {
			return new Reserve();
		}

		@Bean
		@Scope(scopeName = "prototype", proxyMode = ScopedProxyMode.TARGET_CLASS)
		Reserve ofClassScopedByClass() {
			return new Reserve();
		}

	}

	@Component("ofClass")
	static class OfClass extends Reserve {

	}

	@Handler(rate = "5/s")
	@Component("ofFactoryClass")
	static class OfFactoryClass extends PlainFactory {

	}

	@Handler(rate = "5/s")
	@Retention(RetentionPolicy.RUNTIME)
	@interface Gentle {

	}

	// This proxies handlers by their interfaces, as @Transactional can do.
	@Configuration(proxyBeanMethods = false)
	static class Proxies {

		@Bean
		static BeanNameAutoProxyCreator proxies() {
			BeanNameAutoProxyCreator creator = new BeanNameAutoProxyCreator();
			creator.setBeanNames(NAMES);
			return creator;
		}

	}

	static class PlainFactory implements FactoryBean<EventHandler<PaymentOrder>> {

		@Override
		public EventHandler<PaymentOrder> getObject() {
			return (order, delivery) -> {
			};
		}

		@Override
		public Class<?> getObjectType() {
			return EventHandler.class;
		}

	}

}
