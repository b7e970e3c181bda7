package io.example.host;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import io.pulsehook.EventHandler;
import io.pulsehook.event.IncomingMessage;

@SpringBootApplication
@RestController
public class HostApplication {

	public static void main(String[] arguments) {
		SpringApplication.run(HostApplication.class, arguments);
	}

	@GetMapping("/hello")
	Hello hello() {
		return new Hello("hello", Thread.currentThread().getName());
	}

	// The handler writes into the host's own database, in the host's own transaction.
	@Bean
	EventHandler<IncomingMessage> greet(JdbcClient jdbc, TransactionTemplate transactions) {
		return (message, delivery) -> transactions.executeWithoutResult(
				(status) -> jdbc.sql("insert into greeting (contact, delivery) values (:contact, :delivery)")
					.param("contact", message.contact().name() + ": " + message.text())
					.param("delivery", delivery.id())
					.update());
	}

	record Hello(String greetingText, String threadName) {

	}

}
