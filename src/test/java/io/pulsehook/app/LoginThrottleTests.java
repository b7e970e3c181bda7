package io.pulsehook.app;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class LoginThrottleTests {

	private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000);

	private final LoginThrottle throttle = new LoginThrottle(passwords(), this.nanos::get);

	private static DaoAuthenticationProvider passwords() {
		DaoAuthenticationProvider provider = new DaoAuthenticationProvider(new InMemoryUserDetailsManager(
				User.withUsername("user").password("{noop}right").roles("USER").build()));
		provider.setPasswordEncoder(new Passwords());
		return provider;
	}

	@Test
	void eachFailureAfterSomeDoublesTheWait() {
		guess("192.0.2.1", 5);
		assertThat(pause("192.0.2.1")).isEqualTo(Duration.ofSeconds(2));
		wait(Duration.ofSeconds(2));
		guess("192.0.2.1", 1);
		assertThat(pause("192.0.2.1")).isEqualTo(Duration.ofSeconds(3));
		for (int i = 0; i < 20; i++) {
			wait(Duration.ofMinutes(2));
			guess("192.0.2.1", 1);
		}
		assertThat(pause("192.0.2.1")).isEqualTo(Duration.ofSeconds(61));
	}

	@Test
	void theRightPasswordHasToWaitAsWell() {
		guess("192.0.2.1", 5);
		assertThatExceptionOfType(TooManyLoginsException.class).isThrownBy(() -> logIn("192.0.2.1", "right"));
		wait(Duration.ofSeconds(2));
		assertThat(logIn("192.0.2.1", "right")).isTrue();
		guess("192.0.2.1", 4);
		assertThat(logIn("192.0.2.1", "right")).isTrue();
	}

	@Test
	void othersNeedNotWait() {
		guess("192.0.2.1", 5);
		assertThat(logIn("192.0.2.2", "right")).isTrue();
	}

	@Test
	void anIpv6NetworkIsOneAddress() {
		guess("2001:db8:0:1:0:0:0:1", 5);
		assertThatExceptionOfType(TooManyLoginsException.class)
			.isThrownBy(() -> logIn("2001:db8:0:1:0:0:0:2", "right"));
		assertThat(logIn("2001:db8:0:2:0:0:0:1", "right")).isTrue();
	}

	@Test
	void failuresAreForgotten() {
		guess("192.0.2.1", 5);
		wait(Duration.ofMinutes(11));
		guess("192.0.2.1", 4);
		assertThat(logIn("192.0.2.1", "right")).isTrue();
	}

	private void guess(String address, int times) {
		for (int i = 0; i < times; i++) {
			assertThatExceptionOfType(BadCredentialsException.class).isThrownBy(() -> logIn(address, "wrong"));
		}
	}

	private Duration pause(String address) {
		try {
			logIn(address, "wrong");
			return Duration.ZERO;
		}
		catch (TooManyLoginsException ex) {
			return ex.pause();
		}
	}

	private boolean logIn(String address, String password) throws AuthenticationException {
		UsernamePasswordAuthenticationToken login = UsernamePasswordAuthenticationToken.unauthenticated("user",
				password);
		login.setDetails(new WebAuthenticationDetails(address, null));
		return this.throttle.authenticate(login) != null;
	}

	private void wait(Duration duration) {
		this.nanos.addAndGet(duration.toNanos());
	}

}
