package io.pulsehook.app;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

import io.pulsehook.web.IpAddress;

/**
 * Slows down whoever guesses passwords: after some failed logins from a network, each
 * further one doubles the time until the next login from there is checked. A login that
 * repeats the last successful one is checked at once if its network has logged in before.
 * Otherwise a stranger behind the same proxy could lock out everybody.
 */
final class LoginThrottle implements AuthenticationProvider {

	private static final int FREE_FAILURES = 5;

	private static final Duration LONGEST = Duration.ofMinutes(1);

	/** Failures are forgotten after this time without another one. */
	private static final Duration FORGOTTEN = Duration.ofMinutes(10);

	private static final int MOST_NETWORKS = 10_000;

	private final AuthenticationProvider passwords;

	private final Predicate<Authentication> wasRightLast;

	private final LongSupplier nanoTime;

	private final Map<String, Failures> failures = new LatestUsed<>();

	private final Map<String, Boolean> familiar = new LatestUsed<>();

	/**
	 * Creates the throttle.
	 * @param passwords checks the passwords
	 * @param wasRightLast tells, at next to no cost, whether a login is the same as the
	 * last one that succeeded
	 * @param nanoTime the time, as {@link System#nanoTime()} tells it
	 */
	LoginThrottle(AuthenticationProvider passwords, Predicate<Authentication> wasRightLast, LongSupplier nanoTime) {
		this.passwords = passwords;
		this.wasRightLast = wasRightLast;
		this.nanoTime = nanoTime;
	}

	@Override
	public @Nullable Authentication authenticate(Authentication login) throws AuthenticationException {
		String network = network(login);
		// The failures of the network are not forgotten, because they may be those of
		// somebody else.
		if (isFamiliar(network) && this.wasRightLast.test(login)) {
			return this.passwords.authenticate(login);
		}
		mustNotWait(network);
		try {
			@Nullable Authentication result = this.passwords.authenticate(login);
			succeeded(network);
			return result;
		}
		catch (TooManyLoginsException ex) {
			throw ex;
		}
		catch (AuthenticationException ex) {
			failed(network);
			throw ex;
		}
	}

	@Override
	public boolean supports(Class<?> authentication) {
		return this.passwords.supports(authentication);
	}

	/**
	 * Names the network that a login comes from.
	 * @param login the login
	 * @return its network, or an empty text if it has no valid address, so that nobody
	 * evades the throttle by inventing addresses
	 */
	private static String network(Authentication login) {
		String address = (login.getDetails() instanceof WebAuthenticationDetails details) ? details.getRemoteAddress()
				: null;
		return IpAddress.parse(address).map(IpAddress::network).orElse("");
	}

	private synchronized boolean isFamiliar(String network) {
		return this.familiar.get(network) != null;
	}

	private synchronized void mustNotWait(String network) {
		Failures known = this.failures.get(network);
		long left = (known != null) ? known.until() - this.nanoTime.getAsLong() : 0;
		if (left > 0) {
			throw new TooManyLoginsException(Duration.ofSeconds(TimeUnit.NANOSECONDS.toSeconds(left) + 1));
		}
	}

	private synchronized void failed(String network) {
		long now = this.nanoTime.getAsLong();
		Failures known = this.failures.get(network);
		boolean fresh = known != null && now - known.last() < FORGOTTEN.toNanos();
		int count = (known != null && fresh) ? known.count() + 1 : 1;
		long pause = (count < FREE_FAILURES) ? 0
				: Math.min(TimeUnit.SECONDS.toNanos(1L << Math.min(count - FREE_FAILURES, 10)), LONGEST.toNanos());
		this.failures.put(network, new Failures(count, now, now + pause));
	}

	private synchronized void succeeded(String network) {
		this.failures.remove(network);
		this.familiar.put(network, Boolean.TRUE);
	}

	private record Failures(int count, long last, long until) {

	}

	// Keeps the networks that were used last, so that strangers cannot fill the memory
	// with networks.
	private static final class LatestUsed<V> extends LinkedHashMap<String, V> {

		private static final long serialVersionUID = 1L;

		private LatestUsed() {
			super(16, 0.75f, true);
		}

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
			return size() > MOST_NETWORKS;
		}

	}

}
