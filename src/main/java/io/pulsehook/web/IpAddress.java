package io.pulsehook.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * An IP address. An IPv4 address that is written as IPv6 is treated as the IPv4 address.
 */
public final class IpAddress {

	/**
	 * Only such texts are parsed, because the JDK would take any other one for the name
	 * of a host and ask a name server.
	 */
	private static final Pattern LITERAL = Pattern.compile("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

	private static final int NETWORK_BYTES = 8;

	private final byte[] bytes;

	private IpAddress(byte[] bytes) {
		this.bytes = bytes;
	}

	/**
	 * Reads an address without asking a name server.
	 * @param text the address in any spelling, possibly with a zone such as {@code %eth0}
	 * @return the address, or nothing if the text is none
	 */
	public static Optional<IpAddress> parse(@Nullable String text) {
		String literal = (text != null) ? text.replaceFirst("%.*", "") : "";
		try {
			return LITERAL.matcher(literal).matches()
					? Optional.of(new IpAddress(InetAddress.getByName(literal).getAddress())) : Optional.empty();
		}
		catch (UnknownHostException ex) {
			return Optional.empty();
		}
	}

	/**
	 * The length of the address.
	 * @return 32 for IPv4, 128 for IPv6
	 */
	public int bits() {
		return this.bytes.length * Byte.SIZE;
	}

	/**
	 * Whether the address lies in a range.
	 * @param range the range's first address, or any other in it
	 * @param prefix how many leading bits all addresses of the range have in common
	 * @return {@code true} if these bits are the same, and both are of one version
	 */
	public boolean isIn(IpAddress range, int prefix) {
		if (range.bytes.length != this.bytes.length) {
			return false;
		}
		for (int bit = 0; bit < prefix; bit++) {
			int mask = 0x80 >> (bit % Byte.SIZE);
			if ((range.bytes[bit / Byte.SIZE] & mask) != (this.bytes[bit / Byte.SIZE] & mask)) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Names who is behind the address: with IPv4 the address itself, with IPv6 its
	 * network of 64 bits, since whoever has one address of such a network has them all.
	 * @return the same text for all addresses of one network
	 */
	public String network() {
		return HexFormat.of().formatHex(Arrays.copyOf(this.bytes, Math.min(this.bytes.length, NETWORK_BYTES)));
	}

}
