package io.pulsehook.bench.runner;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.pulsehook.event.Channel;
import io.pulsehook.test.sendpulse.FakeMessage;
import io.pulsehook.test.sendpulse.FakeSendPulse;

/**
 * An account of SendPulse on this machine. Its contacts are some of those who post, and
 * their messages are dated ahead, so that each reconciliation reads and compares all of
 * them and none is missing.
 */
final class Account implements AutoCloseable {

	/**
	 * More than a reconciliation can read within a minute, so that one always runs.
	 */
	static final int CONTACTS = 600;

	/** Of each contact. */
	static final int MESSAGES = 20;

	/** As post.lua has it. */
	private static final String BOT = "5f3b7a1c9d2e4f0012345678";

	/** As post.lua has it. */
	private static final String CONTACT = "5f3b7a1c9d2e4f00%08d";

	private static final Duration AHEAD = Duration.ofHours(12);

	private final FakeSendPulse sendPulse = new FakeSendPulse();

	Account() {
		Instant at = Instant.now().plus(AHEAD);
		for (int contact = 1; contact <= CONTACTS; contact++) {
			String id = CONTACT.formatted(contact);
			for (int message = 0; message < MESSAGES; message++) {
				this.sendPulse.contact(id)
					.on(Channel.TELEGRAM, BOT)
					.add(FakeMessage.ofContact("When does the next course begin? " + message)
						.at(at.plusSeconds(message)));
			}
		}
	}

	/** What the service is told of it. */
	List<String> arguments() {
		return List.of("--pulsehook.sendpulse.url=" + this.sendPulse.url(),
				"--pulsehook.sendpulse.api-key=" + FakeSendPulse.API_KEY);
	}

	/** How many histories were read. */
	long histories() {
		return this.sendPulse.requests()
			.stream()
			.filter((request) -> request.operation().equals("chats/messages"))
			.count();
	}

	@Override
	public void close() {
		this.sendPulse.close();
	}

}
