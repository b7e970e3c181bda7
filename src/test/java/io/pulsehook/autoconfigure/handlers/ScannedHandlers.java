package io.pulsehook.autoconfigure.handlers;

import org.springframework.beans.factory.FactoryBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.scheduling.annotation.Async;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import io.pulsehook.Delivery;
import io.pulsehook.EventHandler;
import io.pulsehook.event.Event;
import io.pulsehook.event.PaymentOrder;

/**
 * Every way to declare a handler of payments. The context reads this class as bytes and
 * has not loaded it when it is asked for handlers.
 */
@Configuration(proxyBeanMethods = false)
public class ScannedHandlers {

	/** The bean names of all handlers in this class. */
	public static final String[] NAMES = { "component", "inheriting", "scopedByClass", "scopedByInterface", "factory",
			"lambda", "method", "staticMethod", "classOfMethod", "scopedLambda", "factoryOfMethod" };

	@Bean
	EventHandler<PaymentOrder> lambda() {
		return (order, delivery) -> {
		};
	}

	@Bean
	EventHandler<PaymentOrder> method() {
		return new OfPayments();
	}

	@Bean
	static EventHandler<PaymentOrder> staticMethod() {
		return new OfPayments();
	}

	@Bean
	OfPayments classOfMethod() {
		return new OfPayments();
	}

	@Bean
	@Scope(scopeName = "prototype", proxyMode = ScopedProxyMode.INTERFACES)
	EventHandler<PaymentOrder> scopedLambda() {
		return (order, delivery) -> {
		};
	}

	@Bean
	FactoryBean<EventHandler<PaymentOrder>> factoryOfMethod() {
		return new HandlerFactory();
	}

	/** A base class that aspects which look for annotations advise. */
	public abstract static class GenericHandler<E extends Event> implements EventHandler<E> {

		@Override
		@Async
		@Transactional
		public void handle(E event, Delivery delivery) {
		}

	}

	/** A handler that bean methods create. */
	public static class OfPayments extends GenericHandler<PaymentOrder> {

	}

	@Component("component")
	static class DirectHandler implements EventHandler<PaymentOrder> {

		@Override
		@Async
		@Transactional
		public void handle(PaymentOrder order, Delivery delivery) {
		}

	}

	@Component("inheriting")
	static class InheritingHandler extends GenericHandler<PaymentOrder> {

	}

	@Component("scopedByClass")
	@Scope(scopeName = "prototype", proxyMode = ScopedProxyMode.TARGET_CLASS)
	static class HandlerScopedByClass extends GenericHandler<PaymentOrder> {

	}

	@Component("scopedByInterface")
	@Scope(scopeName = "prototype", proxyMode = ScopedProxyMode.INTERFACES)
	static class HandlerScopedByInterface extends GenericHandler<PaymentOrder> {

	}

	@Component("factory")
	static class HandlerFactory implements FactoryBean<EventHandler<PaymentOrder>> {

		@Override
		public EventHandler<PaymentOrder> getObject() {
			return new OfPayments();
		}

		@Override
		public Class<?> getObjectType() {
			return EventHandler.class;
		}

	}

}
