package io.pulsehook.console.frame;

import org.junit.jupiter.api.Test;
import org.mockito.Mockito;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

import io.pulsehook.inbox.figures.FigureQueries;
import io.pulsehook.inbox.query.StoredEvents;
import io.pulsehook.threads.CoreThreads;

import static org.assertj.core.api.Assertions.assertThat;

class LiveUpdatesTests {

	@Test
	void looksAgainWhateverALookThrows() {
		StoredEvents events = Mockito.mock(StoredEvents.class);
		Mockito.when(events.newestId()).thenThrow(new IllegalStateException());
		LiveUpdates updates = new LiveUpdates(events, Mockito.mock(FigureQueries.class),
				Mockito.mock(CoreThreads.class));
		updates.start();
		try {
			updates.listen(new MockHttpServletRequest());
			Mockito.verify(events, Mockito.timeout(10_000).atLeast(2)).newestId();
		}
		finally {
			updates.stop();
		}
	}

	@Test
	void knowsWhichPagesWereOpenedInASessionThatHasEnded() {
		MockHttpSession session = new MockHttpSession();
		LiveListener listener = new LiveListener(new SseEmitter(), session);
		assertThat(listener.hasLoggedOut()).isFalse();
		session.invalidate();
		assertThat(listener.hasLoggedOut()).isTrue();
		assertThat(new LiveListener(new SseEmitter(), null).hasLoggedOut()).isFalse();
	}

}
