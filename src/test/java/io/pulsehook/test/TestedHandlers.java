package io.pulsehook.test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Bean;

import io.pulsehook.BurstHandler;
import io.pulsehook.EventHandler;
import io.pulsehook.Handler;
import io.pulsehook.RetryLaterException;
import io.pulsehook.event.Event;
import io.pulsehook.event.IncomingMessage;
import io.pulsehook.event.NewSubscriber;
import io.pulsehook.event.OpenChat;
import io.pulsehook.event.PaymentOrder;
import io.pulsehook.event.Unsubscribe;

/**
 * An application whose handlers do what a test tells them to.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
class TestedHandlers {

	final List<Event> handled = new CopyOnWriteArrayList<>();

	final List<List<NewSubscriber>> greeted = new CopyOnWriteArrayList<>();

	volatile CountDownLatch gate = new CountDownLatch(0);

	@Bean
	EventHandler<IncomingMessage> reply() {
		return (message, delivery) -> {
			if ("fail twice".equals(message.text()) && delivery.attempt() < 3) {
				throw new IllegalStateException("attempt " + delivery.attempt());
			}
			if ("busy twice".equals(message.text()) && delivery.attempt() < 3) {
				throw new RetryLaterException(Duration.ofMinutes(10));
			}
			if ("busy for ever".equals(message.text())) {
				throw new RetryLaterException(Duration.ofHours(1));
			}
			this.handled.add(message);
		};
	}

	@Bean
	EventHandler<PaymentOrder> grantAccess() {
		return (payment, delivery) -> {
			throw new IllegalStateException("no access for " + payment.id());
		};
	}

	@Bean
	@Handler(rate = "4/m")
	EventHandler<Unsubscribe> leave() {
		return (leaver, delivery) -> this.handled.add(leaver);
	}

	@Bean
	BurstHandler<NewSubscriber> greet() {
		return (subscribers, delivery) -> this.greeted.add(subscribers);
	}

	@Bean
	EventHandler<OpenChat> call() {
		return (chat, delivery) -> {
			this.gate.await();
			this.handled.add(chat);
		};
	}

}
