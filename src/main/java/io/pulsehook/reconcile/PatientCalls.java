package io.pulsehook.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

import io.pulsehook.PutOffException;
import io.pulsehook.RetryLaterException;
import io.pulsehook.UnrecoverableEventException;
import io.pulsehook.sendpulse.CallRefusedException;
import io.pulsehook.sendpulse.LoginRefusedException;
import io.pulsehook.sendpulse.SendPulseException;

/**
 * Makes the calls of a reconciliation, which nobody waits for: it pauses when SendPulse
 * asks for that, and tries again what can work at another time.
 */
final class PatientCalls {

	private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);

	private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

	/** How long calls may fail, one after the other, before they are given up. */
	private static final Duration PATIENCE = Duration.ofMinutes(10);

	/** How often a call about one contact may fail while others work. */
	private static final int TRIES = 5;

	/**
	 * How often both calls are tried. If others fail now and then, but this one always,
	 * it would never end otherwise.
	 */
	private static final int MOST_ROUNDS = 5;

	private final Hold hold;

	private final InstantSource clock;

	private Duration pause = SHORTEST_PAUSE;

	private long failures;

	private @Nullable Instant failsSince;

	PatientCalls(Hold hold, InstantSource clock) {
		this.hold = hold;
		this.clock = clock;
	}

	/**
	 * Makes a call, however long that takes.
	 * @param call makes it
	 * @param <T> what it answers
	 * @return the answer
	 * @throws CallRefusedException if SendPulse does not know whom it is about
	 * @throws SendPulseException if SendPulse refuses it, and would do so again
	 * @throws GivenUpException if calls have failed for too long, or the login is refused
	 * @throws StoppedException if the reconciliation is to go on elsewhere or later
	 */
	<T> T make(Supplier<T> call) {
		return make(call, Integer.MAX_VALUE);
	}

	/**
	 * Makes a call about one contact. If it fails again and again, another call tells
	 * whether that is because of the contact. If the other one fails too, both are tried
	 * again, some rounds at most.
	 * @param call makes it
	 * @param other makes the other call
	 * @param <T> what it answers
	 * @return the answer
	 * @throws CallRefusedException if SendPulse does not know whom it is about
	 * @throws SendPulseException if SendPulse refuses it, or it fails although others
	 * work
	 * @throws GivenUpException if all calls have failed for too long, or the login is
	 * refused
	 * @throws StoppedException if the reconciliation is to go on elsewhere or later
	 */
	<T> T makeAboutContact(Supplier<T> call, Supplier<?> other) {
		for (int round = 1;; round++) {
			long before = this.failures;
			try {
				return make(call, TRIES);
			}
			catch (SendPulseException ex) {
				if (this.failures - before < TRIES || worksAtOnce(other) || round == MOST_ROUNDS) {
					throw ex;
				}
			}
		}
	}

	private boolean worksAtOnce(Supplier<?> other) {
		long before = this.failures;
		make(other);
		return this.failures == before;
	}

	private <T> T make(Supplier<T> call, int tries) {
		int left = tries;
		while (true) {
			this.hold.keep();
			try {
				T answer = call.get();
				this.pause = SHORTEST_PAUSE;
				this.failsSince = null;
				return answer;
			}
			catch (RetryLaterException ex) {
				await(ex.getPause());
			}
			catch (PutOffException ex) {
				await(ex.getPause());
			}
			catch (SendPulseException ex) {
				failed(ex);
				if (--left == 0) {
					throw ex;
				}
				await(SHORTEST_PAUSE);
			}
			catch (CallRefusedException ex) {
				throw ex;
			}
			catch (UnrecoverableEventException ex) {
				throw new GivenUpException(String.valueOf(ex.getMessage()));
			}
		}
	}

	private void failed(SendPulseException failure) {
		if (failure instanceof LoginRefusedException) {
			throw new GivenUpException(String.valueOf(failure.getMessage()));
		}
		Integer status = failure.getStatus();
		HttpStatus known = (status != null) ? HttpStatus.resolve(status) : null;
		if (known != null && known.is4xxClientError()) {
			throw failure;
		}
		this.failures++;
		Instant now = this.clock.instant();
		if (this.failsSince == null) {
			this.failsSince = now;
		}
		if (Duration.between(this.failsSince, now).compareTo(PATIENCE) >= 0) {
			throw new GivenUpException("All calls failed for " + PATIENCE.toMinutes() + " minutes, the last one so: "
					+ failure.getMessage());
		}
	}

	// Pauses for longer after each failure in succession, and as long as was asked for.
	private void await(Duration asked) {
		this.hold.pause((asked.compareTo(this.pause) > 0) ? asked : this.pause);
		Duration doubled = this.pause.multipliedBy(2);
		this.pause = (doubled.compareTo(LONGEST_PAUSE) < 0) ? doubled : LONGEST_PAUSE;
	}

	/**
	 * Thrown when a reconciliation cannot go on. Its message quotes no data.
	 */
	static final class GivenUpException extends RuntimeException {

		GivenUpException(String message) {
			super(message);
		}

	}

	/**
	 * Thrown when a reconciliation goes on elsewhere, since another process has it, or
	 * later, since this process is ending.
	 */
	static final class StoppedException extends RuntimeException {

		StoppedException(String message) {
			super(message);
		}

	}

}
