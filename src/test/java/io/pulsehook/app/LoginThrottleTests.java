package io.pulsehook.app;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class LoginThrottleTests {

	private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000);

	private final LoginThrottle throttle = SecurityConfiguration.logins(
			new InMemoryUserDetailsManager(User.withUsername("user").password("{noop}right").roles("USER").build()),
			new Passwords(), "user", this.nanos::get);

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
	void thePasswordThatWasRightLastNeedNotWaitWhereItWasRightBefore() {
		assertThat(logIn("192.0.2.1", "right")).isTrue();
		guess("192.0.2.1", 5);
		assertThat(logIn("192.0.2.1", "right")).isTrue();
		assertThat(pause("192.0.2.1")).as("For all others").isEqualTo(Duration.ofSeconds(2));
		assertThat(pause("192.0.2.1", "nobody", "right")).as("For other names").isEqualTo(Duration.ofSeconds(2));
		wait(Duration.ofSeconds(2));
		guess("192.0.2.1", 1);
		assertThat(pause("192.0.2.1")).as("Nothing is forgotten").isEqualTo(Duration.ofSeconds(3));
	}

	@Test
	void whoeverGuessesItElsewhereHasToWait() {
		assertThat(logIn("192.0.2.1", "right")).isTrue();
		guess("192.0.2.2", 5);
		assertThatExceptionOfType(TooManyLoginsException.class).isThrownBy(() -> logIn("192.0.2.2", "right"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "2001:db8:0:1:0:0:0:2", "2001:db8:0:1::3", "2001:DB8:0:1::", "2001:0db8:0000:0001::1",
			"2001:db8:0:1:ffff::", "2001:db8:0:1::192.0.2.1", "2001:db8::1:0:0:0:5%eth0", "2001:db8:0:1::7%25eth0" })
	void anIpv6NetworkIsOneAddressHoweverItIsWritten(String address) {
		guess("2001:db8:0:1:0:0:0:1", 5);
		assertThatExceptionOfType(TooManyLoginsException.class).isThrownBy(() -> logIn(address, "right"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "2001:db8:0:2::1", "2001:db8::1", "2001:db8:1::", "192.0.2.1", "::1" })
	void anotherIpv6NetworkIsAnotherAddress(String address) {
		guess("2001:db8:0:1:0:0:0:1", 5);
		assertThat(logIn(address, "right")).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "::ffff:192.0.2.1", "::FFFF:c000:0201", "0:0:0:0:0:ffff:c000:201" })
	void anIpv4AddressIsTheSameWrittenAsIpv6(String address) {
		guess("192.0.2.1", 5);
		assertThatExceptionOfType(TooManyLoginsException.class).isThrownBy(() -> logIn(address, "right"));
		assertThat(logIn("::ffff:192.0.2.2", "right")).isTrue();
	}

	@Test
	void whatIsNoAddressIsOne() {
		guess("unknown", 5);
		assertThatExceptionOfType(TooManyLoginsException.class).isThrownBy(() -> logIn("_hidden", "right"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{noop}right", "{bcrypt}$2a$04$abcdefghijklmnopqrstuu5Y0d7mmWGJwQGL5bY.WjSUrEnGvcSbe",
			"{pbkdf2@SpringSecurity_v5_8}00" })
	void unknownNamesTakeTheSameWorkAsKnownOnes(String configured) {
		List<String> compared = new ArrayList<>();
		PasswordEncoder counting = new PasswordEncoder() {

			@Override
			public String encode(@Nullable CharSequence password) {
				throw new AssertionError("Nothing is to be encoded");
			}

			@Override
			public boolean matches(@Nullable CharSequence password, @Nullable String encoded) {
				compared.add(password + " with " + encoded);
				return false;
			}

		};
		LoginThrottle logins = SecurityConfiguration.logins(
				new InMemoryUserDetailsManager(User.withUsername("user").password(configured).roles("USER").build()),
				new Passwords(counting), "user", this.nanos::get);
		for (String name : List.of("user", "nobody")) {
			assertThatExceptionOfType(BadCredentialsException.class).isThrownBy(
					() -> logins.authenticate(UsernamePasswordAuthenticationToken.unauthenticated(name, "wrong")));
		}
		assertThat(compared).containsExactly("wrong with " + configured, "wrong with " + configured);
	}

	@Test
	void anUnknownNameIsNotLetInWithThePasswordOfAKnownOne() {
		assertThatExceptionOfType(BadCredentialsException.class)
			.isThrownBy(() -> logIn("192.0.2.1", "nobody", "right"));
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
		return pause(address, "user", "wrong");
	}

	private Duration pause(String address, String name, String password) {
		try {
			logIn(address, name, password);
			return Duration.ZERO;
		}
		catch (TooManyLoginsException ex) {
			return ex.pause();
		}
	}

	private boolean logIn(String address, String password) throws AuthenticationException {
		return logIn(address, "user", password);
	}

	private boolean logIn(String address, String name, String password) throws AuthenticationException {
		UsernamePasswordAuthenticationToken login = UsernamePasswordAuthenticationToken.unauthenticated(name, password);
		login.setDetails(new WebAuthenticationDetails(address, null));
		return this.throttle.authenticate(login) != null;
	}

	private void wait(Duration duration) {
		this.nanos.addAndGet(duration.toNanos());
	}

}
