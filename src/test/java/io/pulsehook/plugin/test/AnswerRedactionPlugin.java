package io.pulsehook.plugin.test;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

import io.pulsehook.EventHandler;
import io.pulsehook.event.FlowWebhook;
import io.pulsehook.sendpulse.SendPulse;

/**
 * A handler that does all that can be done about a contact, beside the record of all
 * observations.
 */
@AutoConfiguration
@Import(RedactionPlugin.class)
public class AnswerRedactionPlugin {

	/** The text that it sends to each contact. */
	public static final String TEXT = "words to somebody";

	@Bean
	EventHandler<FlowWebhook> answeringHandler(SendPulse sendPulse) {
		return (event, delivery) -> {
			var somebody = sendPulse.to(event, delivery);
			somebody.setVariable("secret-of-the-variable", "words about somebody");
			somebody.addTags("secret-of-the-tag");
			somebody.contact();
			somebody.history();
			somebody.text(TEXT);
		};
	}

}
