package io.pulsehook.bench.jpa;

import java.time.Instant;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/**
 * What people write who keep webhooks before they answer: a controller, a service with a
 * transaction, an entity. It knows no duplicates, no order and no handlers.
 */
@SpringBootApplication
@EnableJpaRepositories(considerNestedRepositories = true)
public class HandWritten {

	public static void main(String[] arguments) {
		SpringApplication.run(HandWritten.class, arguments);
	}

	@RestController
	static class Webhooks {

		private final Store store;

		Webhooks(Store store) {
			this.store = store;
		}

		@PostMapping("/webhooks/{token}")
		Answer receive(@RequestBody JsonNode body) {
			return new Answer(this.store.keep(body), 0, 0);
		}

	}

	record Answer(int accepted, int duplicates, int unrecognized) {
	}

	@Service
	static class Store {

		private final Events events;

		Store(Events events) {
			this.events = events;
		}

		@Transactional
		public int keep(JsonNode body) {
			for (JsonNode element : body) {
				this.events.save(new ReceivedEvent(element));
			}
			return body.size();
		}

	}

	interface Events extends JpaRepository<ReceivedEvent, Long> {

	}

	@Entity
	static class ReceivedEvent {

		@Id
		@GeneratedValue(strategy = GenerationType.IDENTITY)
		private Long id;

		private String title;

		private String contact;

		private Instant receivedAt;

		@Column(columnDefinition = "text")
		private String body;

		protected ReceivedEvent() {
		}

		ReceivedEvent(JsonNode element) {
			this.title = element.path("title").asString();
			this.contact = element.path("contact").path("id").asString();
			this.receivedAt = Instant.now();
			this.body = element.toString();
		}

	}

}
