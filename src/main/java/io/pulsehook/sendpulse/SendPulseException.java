package io.pulsehook.sendpulse;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a call of SendPulse's API has failed in a way that another attempt can
 * mend: there was no answer, or none that can be read, or one that says that it did not
 * work. A handler lets it through and is tried again. What no attempt can mend is a
 * {@link CallRefusedException}.
 *
 * <p>
 * After a call without an answer nobody knows whether SendPulse did what it was asked
 * for.
 */
public class SendPulseException extends RuntimeException {

	private final @Nullable Integer status;

	SendPulseException(String message, @Nullable Integer status) {
		super(message);
		this.status = status;
	}

	/**
	 * Returns the status of the answer.
	 * @return the HTTP status, or {@code null} if there was no answer
	 */
	public final @Nullable Integer getStatus() {
		return this.status;
	}

}
