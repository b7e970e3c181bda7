package io.pulsehook.inbox;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

import org.springframework.util.unit.DataSize;

/**
 * An inbox with patience for slow machines.
 */
public final class TestInbox {

	private TestInbox() {
	}

	public static Inbox open(Path directory, InstantSource clock) {
		return Inbox.open(
				new InboxSettings(directory, Duration.ofSeconds(30), DataSize.ofMegabytes(64), Duration.ofMinutes(10)),
				clock);
	}

}
