package io.pulsehook.console;

import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

import io.pulsehook.inbox.Inbox;
import io.pulsehook.threads.CoreThreads;

class LiveUpdatesTests {

	@Test
	void looksAgainWhateverALookThrows() {
		Inbox inbox = Mockito.mock(Inbox.class);
		Mockito.when(inbox.threads()).thenReturn(Mockito.mock(CoreThreads.class));
		Mockito.when(inbox.latest()).thenThrow(new IllegalStateException());
		LiveUpdates updates = new LiveUpdates(inbox);
		updates.start();
		try {
			updates.listen();
			Mockito.verify(inbox, Mockito.timeout(10_000).atLeast(2)).latest();
		}
		finally {
			updates.stop();
		}
	}

}
