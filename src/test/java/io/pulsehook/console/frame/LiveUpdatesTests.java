package io.pulsehook.console.frame;

import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

import io.pulsehook.inbox.query.FigureQueries;
import io.pulsehook.inbox.query.StoredEvents;
import io.pulsehook.threads.CoreThreads;

class LiveUpdatesTests {

	@Test
	void looksAgainWhateverALookThrows() {
		StoredEvents events = Mockito.mock(StoredEvents.class);
		Mockito.when(events.newestId()).thenThrow(new IllegalStateException());
		LiveUpdates updates = new LiveUpdates(events, Mockito.mock(FigureQueries.class),
				Mockito.mock(CoreThreads.class));
		updates.start();
		try {
			updates.listen();
			Mockito.verify(events, Mockito.timeout(10_000).atLeast(2)).newestId();
		}
		finally {
			updates.stop();
		}
	}

}
