package io.pulsehook.autoconfigure;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.aop.framework.autoproxy.BeanNameAutoProxyCreator;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.AnnotatedBeanDefinitionReader;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.EnableTransactionManagement;

import io.pulsehook.BurstHandler;
import io.pulsehook.Delivery;
import io.pulsehook.EventHandler;
import io.pulsehook.autoconfigure.handlers.ScannedHandlers;
import io.pulsehook.dispatch.handler.HandlerTypeException;
import io.pulsehook.dispatch.handler.Handlers;
import io.pulsehook.dispatch.handler.RegisteredHandler;
import io.pulsehook.event.ChatbotEvent;
import io.pulsehook.event.Event;
import io.pulsehook.event.IncomingMessage;
import io.pulsehook.event.MessageEvent;
import io.pulsehook.event.NewSubscriber;
import io.pulsehook.event.OpenChat;
import io.pulsehook.event.PaymentOrder;
import io.pulsehook.inbox.model.BurstLimits;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a handler receives the events that its declaration names.
 */
class HandlerTypeTests {

	private final WebApplicationContextRunner runner;

	HandlerTypeTests(@TempDir Path directory) {
		this.runner = new WebApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(PulsehookAutoConfiguration.class))
			.withPropertyValues("pulsehook.data-dir=" + directory);
	}

	@Test
	void knowsWhatHandlersReceive() {
		this.runner.withUserConfiguration(Declared.class)
			.run((context) -> assertThat(types(context.getBean(Handlers.class)))
				.isEqualTo(Map.of("lambda", "IncomingMessage", "parent", "MessageEvent", "everything", "Event",
						"ofClass", "PaymentOrder", "component", "PaymentOrder", "inherited", "NewSubscriber")));
	}

	@Test
	void knowsWhatAHandlerBehindAProxyReceives() {
		this.runner.withUserConfiguration(Proxied.class).run((context) -> {
			assertThat(Proxy.isProxyClass(context.getBean("component").getClass())).isTrue();
			assertThat(Proxy.isProxyClass(context.getBean("lambda").getClass())).isTrue();
			assertThat(types(context.getBean(Handlers.class)))
				.isEqualTo(Map.of("component", "PaymentOrder", "lambda", "IncomingMessage"));
		});
	}

	@Test
	void knowsWhatAHandlerRegisteredAsASingletonReceives() {
		this.runner
			.withInitializer((context) -> context.getBeanFactory().registerSingleton("singleton", new PaymentHandler()))
			.run((context) -> assertThat(types(context.getBean(Handlers.class)))
				.isEqualTo(Map.of("singleton", "PaymentOrder")));
	}

	@Test
	void takesABoundedWildcardForItsBound() {
		this.runner.withUserConfiguration(BoundedWildcard.class)
			.run((context) -> assertThat(types(context.getBean(Handlers.class)))
				.isEqualTo(Map.of("bounded", "ChatbotEvent")));
	}

	@Test
	void countsAHandlerInAScopeOnce() {
		this.runner.withUserConfiguration(Scoped.class)
			.run((context) -> assertThat(types(context.getBean(Handlers.class)))
				.isEqualTo(Map.of("scoped", "PaymentOrder")));
	}

	@Test
	void refusesAWildcard() {
		this.runner.withUserConfiguration(Wildcard.class)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(HandlerTypeException.class)
				.hasMessageContaining("Handler 'wildcard'"));
	}

	@Test
	void refusesARawType() {
		this.runner.withUserConfiguration(Raw.class)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(HandlerTypeException.class)
				.hasMessageContaining("Handler 'raw'"));
	}

	@Test
	void refusesATypeVariable() {
		this.runner.withUserConfiguration(Variable.class)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(HandlerTypeException.class)
				.hasMessageContaining("Handler 'variable'"));
	}

	@Test
	void knowsWhatHandlersOfBurstsReceive() {
		this.runner.withUserConfiguration(Bursts.class).run((context) -> {
			Handlers handlers = context.getBean(Handlers.class);
			assertThat(types(handlers)).isEqualTo(Map.of("lambda", "IncomingMessage", "parent", "MessageEvent",
					"ofClass", "NewSubscriber", "single", "OpenChat"));
			assertThat(handlers.all()).filteredOn((handler) -> handler.bursts() == null)
				.extracting(RegisteredHandler::id)
				.containsExactly("single");
		});
	}

	@Test
	void knowsHowLongAHandlerOfBurstsWaits() {
		this.runner.withUserConfiguration(Bursts.class)
			.withPropertyValues("pulsehook.handlers.lambda.quiet=3s", "pulsehook.handlers.lambda.max-wait=5m",
					"pulsehook.handlers.lambda.max-events=7")
			.run((context) -> assertThat(context.getBean(Handlers.class).all())
				.filteredOn((handler) -> handler.id().equals("lambda"))
				.extracting(RegisteredHandler::bursts)
				.containsExactly(new BurstLimits(Duration.ofSeconds(3), Duration.ofMinutes(5), 7)));
	}

	@Test
	void refusesAHandlerOfSingleEventsAndOfBursts() {
		this.runner.withUserConfiguration(Both.class)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(HandlerTypeException.class)
				.hasMessageContaining("Handler 'both' is an EventHandler and a BurstHandler"));
	}

	@Test
	void refusesAHandlerOfBurstsWithoutOrder() {
		this.runner.withUserConfiguration(Bursts.class)
			.withPropertyValues("pulsehook.defaults.ordering=none", "pulsehook.handlers.lambda.ordering=key")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(HandlerTypeException.class)
				.hasMessageContaining("is a BurstHandler without order")
				.extracting((failure) -> ((HandlerTypeException) failure).action())
				.asString()
				.contains(".ordering=key"));
	}

	@Test
	void refusesBurstsOfWhatIsNoEventOfAChatbot() {
		this.runner.withUserConfiguration(RawBursts.class)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(HandlerTypeException.class)
				.hasMessageContaining("Handler 'rawBursts'")
				.extracting((failure) -> ((HandlerTypeException) failure).action())
				.asString()
				.contains("BurstHandler<IncomingMessage>"));
	}

	@ParameterizedTest
	@EnumSource
	void knowsWhatHandlersReceiveWhateverWrapsThem(Wrapping wrapping) {
		this.runner.withUserConfiguration(wrapping.configurations)
			.run((context) -> assertAllReceivePayments(context, wrapping));
	}

	@ParameterizedTest
	@EnumSource
	void knowsWhatHandlersReceiveThatAreNotMadeYet(Wrapping wrapping) {
		this.runner.withUserConfiguration(wrapping.configurations)
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.run((context) -> assertAllReceivePayments(context, wrapping));
	}

	private static void assertAllReceivePayments(ApplicationContext context, Wrapping wrapping) {
		assertThat(types(context.getBean(Handlers.class))).containsOnlyKeys(ScannedHandlers.NAMES)
			.allSatisfy((name, type) -> assertThat(type).isEqualTo("PaymentOrder"));
		assertThat(AopUtils.isAopProxy(context.getBean("component"))).isEqualTo(wrapping != Wrapping.NOTHING);
	}

	private static Map<String, String> types(Handlers handlers) {
		return handlers.all().stream().collect(Collectors.toMap(RegisteredHandler::id, RegisteredHandler::type));
	}

	@Configuration(proxyBeanMethods = false)
	@Import(Components.class)
	static class Declared {

		@Bean
		EventHandler<IncomingMessage> lambda() {
			return (message, delivery) -> {
			};
		}

		@Bean
		EventHandler<MessageEvent> parent() {
			return (message, delivery) -> {
			};
		}

		@Bean
		EventHandler<Event> everything() {
			return (event, delivery) -> {
			};
		}

		@Bean
		PaymentHandler ofClass() {
			return new PaymentHandler();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Bursts {

		@Bean
		BurstHandler<IncomingMessage> lambda() {
			return (messages, delivery) -> {
			};
		}

		@Bean
		BurstHandler<MessageEvent> parent() {
			return (messages, delivery) -> {
			};
		}

		@Bean
		SubscriberHandler ofClass() {
			return new SubscriberHandler();
		}

		@Bean
		EventHandler<OpenChat> single() {
			return (chat, delivery) -> {
			};
		}

	}

	static class SubscriberHandler implements BurstHandler<NewSubscriber> {

		@Override
		public void handle(List<NewSubscriber> subscribers, Delivery delivery) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Both {

		@Bean
		BothHandler both() {
			return new BothHandler();
		}

	}

	static class BothHandler extends SubscriberHandler implements EventHandler<NewSubscriber> {

		@Override
		public void handle(NewSubscriber subscriber, Delivery delivery) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class RawBursts {

		@Bean
		@SuppressWarnings("rawtypes")
		BurstHandler rawBursts() {
			return (events, delivery) -> {
			};
		}

	}

	static class Components implements ImportBeanDefinitionRegistrar {

		@Override
		public void registerBeanDefinitions(AnnotationMetadata metadata, BeanDefinitionRegistry registry) {
			AnnotatedBeanDefinitionReader reader = new AnnotatedBeanDefinitionReader(registry);
			reader.registerBean(PaymentHandler.class);
			reader.registerBean(InheritingHandler.class);
		}

	}

	@Component("component")
	static class PaymentHandler implements EventHandler<PaymentOrder> {

		@Override
		public void handle(PaymentOrder order, Delivery delivery) {
		}

	}

	abstract static class GenericHandler<E extends Event> implements EventHandler<E> {

		@Override
		public void handle(E event, Delivery delivery) {
		}

	}

	@Component("inherited")
	static class InheritingHandler extends GenericHandler<NewSubscriber> {

	}

	/** The ways in which Spring can wrap a handler. */
	enum Wrapping {

		NOTHING,

		TRANSACTIONS_OF_INTERFACES(TransactionsOfInterfaces.class),

		TRANSACTIONS_OF_CLASSES(TransactionsOfClasses.class),

		ASYNC_OF_INTERFACES(AsyncOfInterfaces.class),

		ASYNC_OF_CLASSES(AsyncOfClasses.class);

		private final Class<?>[] configurations;

		Wrapping(Class<?>... wrappers) {
			this.configurations = Stream.concat(Stream.of(Scanning.class), Stream.of(wrappers))
				.toArray(Class<?>[]::new);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ComponentScan(basePackageClasses = ScannedHandlers.class)
	static class Scanning {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableTransactionManagement
	static class TransactionsOfInterfaces {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableTransactionManagement(proxyTargetClass = true)
	static class TransactionsOfClasses {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAsync
	static class AsyncOfInterfaces {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAsync(proxyTargetClass = true)
	static class AsyncOfClasses {

	}

	// This proxies handlers by their interfaces, as @Transactional can do.
	@Configuration(proxyBeanMethods = false)
	@Import(PaymentHandler.class)
	static class Proxied {

		@Bean
		static BeanNameAutoProxyCreator proxies() {
			BeanNameAutoProxyCreator creator = new BeanNameAutoProxyCreator();
			creator.setBeanNames("component", "lambda");
			return creator;
		}

		@Bean
		EventHandler<IncomingMessage> lambda() {
			return (message, delivery) -> {
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Scoped {

		@Bean
		@Scope(scopeName = "prototype", proxyMode = ScopedProxyMode.INTERFACES)
		EventHandler<PaymentOrder> scoped() {
			return (order, delivery) -> {
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class BoundedWildcard {

		@Bean
		EventHandler<? extends ChatbotEvent> bounded() {
			return (EventHandler<ChatbotEvent>) (event, delivery) -> {
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Wildcard {

		@Bean
		EventHandler<?> wildcard() {
			return (EventHandler<PaymentOrder>) (event, delivery) -> {
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Raw {

		@Bean
		@SuppressWarnings("rawtypes")
		EventHandler raw() {
			return (event, delivery) -> {
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Variable {

		@Bean
		<E extends Event> EventHandler<E> variable() {
			return (event, delivery) -> {
			};
		}

	}

}
