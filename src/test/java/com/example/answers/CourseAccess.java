package com.example.answers;

import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.pulsehook.EventHandler;
import io.pulsehook.Handler;
import io.pulsehook.event.PaymentOrder;

@Configuration(proxyBeanMethods = false)
class CourseAccess {

	@Bean
	@Handler(filter = "test=false")
	EventHandler<PaymentOrder> courseAccess(Courses courses) {
		return (payment, delivery) -> {
			if (delivery.superseded()) {
				return;
			}
			if (payment.isPaid()) {
				delivery.once("grant", () -> courses.grant(payment.id(), payment.contactId()));
			}
			else if (payment.isReversed()) {
				delivery.once("take back", () -> courses.takeBack(payment.id()));
			}
		};
	}

	/**
	 * Keeps who has access, by order: each webhook of an order is a delivery of its own.
	 */
	interface Courses {

		void grant(String order, @Nullable String contact);

		void takeBack(String order);

	}

}
