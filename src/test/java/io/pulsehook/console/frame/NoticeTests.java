package io.pulsehook.console.frame;

import java.time.Instant;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.pulsehook.inbox.model.Outage;
import io.pulsehook.inbox.spool.SpoolStatus;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Notice}.
 */
class NoticeTests {

	private static final Instant BEGAN = Instant.parse("2026-01-01T10:00:00Z");

	private static final Outage OUTAGE = new Outage(BEGAN, "The connection was refused");

	@Test
	void saysNothingWhileWebhooksAreStored() {
		assertThat(Notice.of(null, null)).isNull();
		assertThat(Notice.of(null, spool(false, 0, null))).isNull();
	}

	@Test
	void saysThatNothingCanBeStoredWhereThereIsNoSpool() {
		assertThat(Notice.of(OUTAGE, null)).isEqualTo(new Notice(true, "Nothing can be stored.",
				"SendPulse is being told to send later.", BEGAN, OUTAGE.reason(), false));
	}

	@Test
	void saysThatTheSpoolKeepsWebhooks() {
		assertThat(Notice.of(OUTAGE, spool(true, 1_234, null)))
			.isEqualTo(new Notice(false, "The database cannot be written.",
					"Webhooks are kept in the spool until it can: 1,234 wait.", BEGAN, OUTAGE.reason(), true));
	}

	@Test
	void saysThatTheSpoolIsDrained() {
		assertThat(Notice.of(null, spool(true, 1, null)))
			.isEqualTo(new Notice(false, "The database can be written again.",
					"What the spool has kept is being stored: 1 waits.", BEGAN, null, true));
	}

	@Test
	void saysThatNotEvenTheSpoolCanKeepThem() {
		assertThat(Notice.of(OUTAGE, spool(true, 9, "It is full")))
			.isEqualTo(new Notice(true, "Nothing can be stored, not even in the spool.",
					"SendPulse is being told to send later.", BEGAN, "It is full", true));
	}

	private static SpoolStatus spool(boolean taking, long waiting, @Nullable String problem) {
		return new SpoolStatus(taking, taking ? BEGAN : null, waiting, waiting, 1_000, 0, waiting, problem);
	}

}
