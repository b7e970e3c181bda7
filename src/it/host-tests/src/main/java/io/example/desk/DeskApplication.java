package io.example.desk;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.web.client.RestClient;

import io.pulsehook.EventHandler;
import io.pulsehook.event.IncomingMessage;

@SpringBootApplication
public class DeskApplication {

	public static void main(String[] arguments) {
		SpringApplication.run(DeskApplication.class, arguments);
	}

	// The handler keeps the message in the application's own database and tells a CRM of
	// it.
	@Bean
	EventHandler<IncomingMessage> forward(Messages messages, @Value("${desk.crm}") String crm) {
		RestClient client = RestClient.create(crm);
		return (message, delivery) -> {
			client.post().uri("/contacts/send").body(String.valueOf(message.text())).retrieve().toBodilessEntity();
			messages.save(new Message(delivery.id(), message.text()));
		};
	}

}
