package io.pulsehook.console.frame;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import jakarta.servlet.http.HttpServletRequest;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

import io.pulsehook.inbox.figures.FigureQueries;
import io.pulsehook.inbox.figures.Figures;
import io.pulsehook.inbox.query.StoredEvents;
import io.pulsehook.threads.CoreThreads;
import io.pulsehook.threads.GuardedLoop;
import io.pulsehook.threads.PeriodicTask;

/**
 * Tells open pages that something has changed; they then fetch it themselves. It asks the
 * database once a second, so that changes by other replicas are noticed too, and only
 * while a page is open.
 */
@ConsoleController
@RequestMapping("/live")
public class LiveUpdates extends PeriodicTask {

	private static final Log logger = LogFactory.getLog(LiveUpdates.class);

	/**
	 * A connection ends after this time, so that an operator whose login was kept in no
	 * session, and has ended, gets no more updates. Pages connect again by themselves.
	 */
	private static final long LONGEST_MILLIS = Duration.ofMinutes(10).toMillis();

	private static final Duration INTERVAL = Duration.ofSeconds(1);

	private static final int MOST_LISTENERS = 100;

	/**
	 * After so many rounds without a change a sign of life is sent: proxies close silent
	 * connections, and pages take longer silence for a dead connection.
	 */
	private static final int LOOKS_BETWEEN_SIGNS_OF_LIFE = 15;

	private final StoredEvents events;

	private final FigureQueries figures;

	private final Set<LiveListener> listeners = ConcurrentHashMap.newKeySet();

	private @Nullable State known;

	private int quietLooks;

	LiveUpdates(StoredEvents events, FigureQueries figures, CoreThreads threads) {
		super("pulsehook-live", INTERVAL, Duration.ZERO, threads);
		this.events = events;
		this.figures = figures;
	}

	@GetMapping(produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	ResponseEntity<SseEmitter> listen(HttpServletRequest request) {
		if (this.listeners.size() >= MOST_LISTENERS || !isRunning()) {
			return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE).build();
		}
		SseEmitter emitter = new SseEmitter(LONGEST_MILLIS);
		LiveListener listener = new LiveListener(emitter, request.getSession(false));
		emitter.onCompletion(() -> this.listeners.remove(listener));
		emitter.onTimeout(emitter::complete);
		emitter.onError((ex) -> this.listeners.remove(listener));
		this.listeners.add(listener);
		send(listener, SseEmitter.event().comment("listening").reconnectTime(3_000));
		// The header tells nginx to pass each message on at once instead of buffering it.
		return ResponseEntity.ok().header("X-Accel-Buffering", "no").body(emitter);
	}

	private void look() {
		if (this.listeners.isEmpty()) {
			this.known = null;
			return;
		}
		this.listeners.stream().filter(LiveListener::hasLoggedOut).forEach(LiveListener::end);
		try {
			State now = state();
			boolean changed = this.known != null && !now.equals(this.known);
			this.known = now;
			this.quietLooks = changed ? 0 : this.quietLooks + 1;
			if (changed) {
				tell(() -> SseEmitter.event().name("changed").data(String.valueOf(now.newestEvent())));
			}
			else if (this.quietLooks % LOOKS_BETWEEN_SIGNS_OF_LIFE == 0) {
				tell(() -> SseEmitter.event().name("quiet").data(""));
			}
		}
		catch (DataAccessException ex) {
			logger.debug("The live updates of the console cannot read the database just now");
		}
	}

	// The figures may be a few seconds old, because counting unfinished deliveries can
	// take long.
	private State state() {
		return new State(this.events.newestId(), this.events.newestFailureId(), this.figures.get());
	}

	private void tell(Supplier<SseEmitter.SseEventBuilder> message) {
		this.listeners.forEach((listener) -> send(listener, message.get()));
	}

	private void send(LiveListener listener, SseEmitter.SseEventBuilder message) {
		try {
			listener.send(message);
		}
		catch (IOException | IllegalStateException ex) {
			this.listeners.remove(listener);
		}
	}

	@Override
	protected Duration run(GuardedLoop self) {
		look();
		return INTERVAL;
	}

	// This stops before the web server, whose shutdown would otherwise wait for open
	// pages.
	@Override
	public void stop() {
		super.stop();
		this.listeners.forEach(LiveListener::end);
		this.listeners.clear();
	}

	@Override
	public int getPhase() {
		return Integer.MAX_VALUE;
	}

	private record State(long newestEvent, long newestFailure, @Nullable Figures figures) {

	}

}
