package io.example.open;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import io.pulsehook.Delivery;
import io.pulsehook.EventHandler;
import io.pulsehook.event.PaymentOrder;

@SpringBootApplication
@RestController
public class OpenApplication {

	public static void main(String[] arguments) {
		SpringApplication.run(OpenApplication.class, arguments);
	}

	@GetMapping("/hello")
	String hello() {
		return "hello";
	}

	@Component
	static class Payments implements EventHandler<PaymentOrder> {

		final BlockingQueue<PaymentOrder> received = new LinkedBlockingQueue<>();

		@Override
		public void handle(PaymentOrder order, Delivery delivery) {
			this.received.add(order);
		}

	}

}
