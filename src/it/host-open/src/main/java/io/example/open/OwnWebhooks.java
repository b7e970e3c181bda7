package io.example.open;

import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

import io.pulsehook.inbox.model.Receipt;
import io.pulsehook.receive.Receiver;

@RestController
class OwnWebhooks {

	private final Receiver receiver;

	OwnWebhooks(Receiver receiver) {
		this.receiver = receiver;
	}

	@PostMapping("/own/webhooks")
	Receipt receive(@RequestBody byte[] body) {
		return this.receiver.receive("default", body);
	}

}
