package io.pulsehook.receive;

import java.util.List;

import org.springframework.util.Assert;

import io.pulsehook.web.IpAddress;

/**
 * The addresses from which webhooks are accepted: those in some ranges, or all addresses.
 */
public final class AllowedAddresses {

	private final List<Block> blocks;

	/**
	 * Creates the list.
	 * @param ranges addresses, or ranges with the length of their prefix such as
	 * {@code 203.0.113.0/24}; an empty list allows every address
	 * @throws IllegalArgumentException if one of them is neither an address nor a range
	 */
	public AllowedAddresses(List<String> ranges) {
		this.blocks = ranges.stream().map(Block::parse).toList();
	}

	boolean allow(String address) {
		return this.blocks.isEmpty() || IpAddress.parse(address)
			.filter((parsed) -> this.blocks.stream().anyMatch((block) -> parsed.isIn(block.address(), block.prefix())))
			.isPresent();
	}

	private record Block(IpAddress address, int prefix) {

		private static Block parse(String range) {
			int slash = range.indexOf('/');
			IpAddress address = IpAddress.parse((slash >= 0) ? range.substring(0, slash) : range)
				.orElseThrow(() -> new IllegalArgumentException(problem(range)));
			int prefix = (slash >= 0) ? number(range.substring(slash + 1)) : address.bits();
			Assert.isTrue(prefix >= 0 && prefix <= address.bits(), () -> problem(range));
			return new Block(address, prefix);
		}

		private static int number(String text) {
			return text.matches("\\d{1,3}") ? Integer.parseInt(text) : -1;
		}

		private static String problem(String range) {
			return "pulsehook.allowed-addresses has '" + range
					+ "', which is neither an IP address nor a range such as 203.0.113.0/24, "
					+ "so nobody could tell what to receive. Write it like one of these.";
		}

	}

}
