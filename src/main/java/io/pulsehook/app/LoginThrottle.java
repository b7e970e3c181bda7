package io.pulsehook.app;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/**
 * Makes who guesses passwords wait: after some failures from an address, each more
 * doubles the time until the next password from there is looked at.
 */
final class LoginThrottle implements AuthenticationProvider {

	private static final int FREE_FAILURES = 5;

	private static final Duration LONGEST = Duration.ofMinutes(1);

	/** After that, nothing is held against an address. */
	private static final Duration FORGOTTEN = Duration.ofMinutes(10);

	private static final int MOST_ADDRESSES = 10_000;

	private final AuthenticationProvider passwords;

	private final LongSupplier nanoTime;

	private final Map<String, Failures> failures = new LinkedHashMap<>(16, 0.75f, true) {

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
			return size() > MOST_ADDRESSES;
		}

	};

	LoginThrottle(AuthenticationProvider passwords) {
		this(passwords, System::nanoTime);
	}

	LoginThrottle(AuthenticationProvider passwords, LongSupplier nanoTime) {
		this.passwords = passwords;
		this.nanoTime = nanoTime;
	}

	@Override
	public @Nullable Authentication authenticate(Authentication login) throws AuthenticationException {
		String address = address(login);
		mustNotWait(address);
		try {
			@Nullable Authentication result = this.passwords.authenticate(login);
			forget(address);
			return result;
		}
		catch (TooManyLoginsException ex) {
			throw ex;
		}
		catch (AuthenticationException ex) {
			failed(address);
			throw ex;
		}
	}

	@Override
	public boolean supports(Class<?> authentication) {
		return this.passwords.supports(authentication);
	}

	// Of IPv6 the network: whoever has one address has all of it.
	private static String address(Authentication login) {
		String address = (login.getDetails() instanceof WebAuthenticationDetails details)
				? String.valueOf(details.getRemoteAddress()) : "";
		String[] groups = address.split(":");
		return (groups.length > 4) ? String.join(":", groups[0], groups[1], groups[2], groups[3]) : address;
	}

	private synchronized void mustNotWait(String address) {
		Failures known = this.failures.get(address);
		long left = (known != null) ? known.until() - this.nanoTime.getAsLong() : 0;
		if (left > 0) {
			throw new TooManyLoginsException(Duration.ofSeconds(TimeUnit.NANOSECONDS.toSeconds(left) + 1));
		}
	}

	private synchronized void failed(String address) {
		long now = this.nanoTime.getAsLong();
		Failures known = this.failures.get(address);
		boolean fresh = known != null && now - known.last() < FORGOTTEN.toNanos();
		int count = (known != null && fresh) ? known.count() + 1 : 1;
		long pause = (count < FREE_FAILURES) ? 0
				: Math.min(TimeUnit.SECONDS.toNanos(1L << Math.min(count - FREE_FAILURES, 10)), LONGEST.toNanos());
		this.failures.put(address, new Failures(count, now, now + pause));
	}

	private synchronized void forget(String address) {
		this.failures.remove(address);
	}

	private record Failures(int count, long last, long until) {

	}

}
