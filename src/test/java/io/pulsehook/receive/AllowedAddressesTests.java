package io.pulsehook.receive;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class AllowedAddressesTests {

	@Test
	void noneMeansEverywhere() {
		assertThat(new AllowedAddresses(List.of()).allow("192.0.2.1")).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "203.0.113.7, 203.0.113.7, true", "203.0.113.7, 203.0.113.8, false",
			"203.0.113.0/24, 203.0.113.200, true", "203.0.113.0/24, 203.0.114.0, false",
			"203.0.113.16/28, 203.0.113.31, true", "203.0.113.16/28, 203.0.113.32, false", "0.0.0.0/0, 8.8.8.8, true",
			"2001:db8::/32, 2001:db8:1:2:3:4:5:6, true", "2001:db8::/32, 2001:db9::1, false",
			"2001:db8::/32, 203.0.113.7, false", "::ffff:203.0.113.7, 203.0.113.7, true",
			"203.0.113.7, 0:0:0:0:0:ffff:cb00:7107, true", "fe80::/10, fe80::1%eth0, true",
			"::1, 0:0:0:0:0:0:0:1, true", "203.0.113.7, unknown, false", "203.0.113.7, '', false" })
	void knowsAddressesAndRanges(String allowed, String address, boolean expected) {
		assertThat(new AllowedAddresses(List.of("198.51.100.1", allowed)).allow(address)).isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "example.com", "203.0.113.0/33", "203.0.113.0/-1", "203.0.113.0/x", "203.0.113.256",
			"2001:db8::/129", "deadbeef", "/24" })
	void refusesWhatIsNeither(String range) {
		assertThatIllegalArgumentException().isThrownBy(() -> new AllowedAddresses(List.of(range)))
			.withMessageContaining("pulsehook.allowed-addresses has '" + range + "'");
	}

}
