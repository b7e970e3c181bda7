package io.pulsehook.console.frame;

import java.io.IOException;

import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * An open page that is told of changes.
 *
 * @param emitter its connection
 * @param session the session in which it was opened, or null if its request had none
 */
record LiveListener(SseEmitter emitter, @Nullable HttpSession session) {

	/**
	 * Tells whether the session has ended since: the operator has logged out in another
	 * tab, or was away for too long.
	 */
	boolean hasLoggedOut() {
		if (this.session == null) {
			return false;
		}
		try {
			this.session.getCreationTime();
			return false;
		}
		catch (IllegalStateException ex) {
			return true;
		}
	}

	void send(SseEmitter.SseEventBuilder message) throws IOException {
		this.emitter.send(message);
	}

	void end() {
		this.emitter.complete();
	}

}
