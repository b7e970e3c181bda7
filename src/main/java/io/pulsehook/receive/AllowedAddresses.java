package io.pulsehook.receive;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

/**
 * From where webhooks may come: everywhere, or from some addresses only.
 */
public final class AllowedAddresses {

	/** Anything else would be looked up as a host's name. */
	private static final Pattern LITERAL = Pattern.compile("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

	private final List<Block> blocks;

	/**
	 * Creates the list.
	 * @param ranges addresses, or ranges with the length of their prefix such as
	 * {@code 203.0.113.0/24}; none for everywhere
	 * @throws IllegalArgumentException if one of them is neither
	 */
	public AllowedAddresses(List<String> ranges) {
		this.blocks = ranges.stream().map(Block::parse).toList();
	}

	boolean allow(String address) {
		if (this.blocks.isEmpty()) {
			return true;
		}
		byte[] bytes = bytes(address);
		return bytes != null && this.blocks.stream().anyMatch((block) -> block.has(bytes));
	}

	// Four bytes for IPv4 also when it is written as IPv6, or null for what is neither.
	private static byte @Nullable [] bytes(String address) {
		int zone = address.indexOf('%');
		String literal = (zone >= 0) ? address.substring(0, zone) : address;
		if (!LITERAL.matcher(literal).matches()) {
			return null;
		}
		try {
			return InetAddress.getByName(literal).getAddress();
		}
		catch (UnknownHostException ex) {
			return null;
		}
	}

	private record Block(byte[] address, int prefix) {

		private static Block parse(String range) {
			int slash = range.indexOf('/');
			byte[] address = bytes((slash >= 0) ? range.substring(0, slash) : range);
			Assert.isTrue(address != null, () -> problem(range));
			int bits = address.length * Byte.SIZE;
			int prefix = (slash >= 0) ? number(range.substring(slash + 1)) : bits;
			Assert.isTrue(prefix >= 0 && prefix <= bits, () -> problem(range));
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

		private boolean has(byte[] other) {
			if (other.length != this.address.length) {
				return false;
			}
			for (int bit = 0; bit < this.prefix; bit++) {
				int mask = 0x80 >> (bit % Byte.SIZE);
				if ((this.address[bit / Byte.SIZE] & mask) != (other[bit / Byte.SIZE] & mask)) {
					return false;
				}
			}
			return true;
		}

	}

}
