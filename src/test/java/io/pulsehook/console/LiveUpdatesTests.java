package io.pulsehook.console;

import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

import io.pulsehook.inbox.query.FigureQueries;
import io.pulsehook.inbox.query.Latest;
import io.pulsehook.threads.CoreThreads;

class LiveUpdatesTests {

	@Test
	void looksAgainWhateverALookThrows() {
		Latest latest = Mockito.mock(Latest.class);
		Mockito.when(latest.newest()).thenThrow(new IllegalStateException());
		LiveUpdates updates = new LiveUpdates(latest, Mockito.mock(FigureQueries.class),
				Mockito.mock(CoreThreads.class));
		updates.start();
		try {
			updates.listen();
			Mockito.verify(latest, Mockito.timeout(10_000).atLeast(2)).newest();
		}
		finally {
			updates.stop();
		}
	}

}
