package io.pulsehook.app;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Who is behind an address: of IPv4 the address, and of IPv6 its network of 64 bits,
 * since whoever has one address there has all of them.
 */
final class Networks {

	/** Anything else would be looked up as a host's name. */
	private static final Pattern LITERAL = Pattern.compile("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

	private static final int NETWORK_BYTES = 8;

	private Networks() {
	}

	/**
	 * Tells whose an address is.
	 * @param address an address as text, in any spelling
	 * @return the same text for all addresses of one network; an empty one for all that
	 * are no address, so that inventing such gives nobody a name of his own
	 */
	static String of(@Nullable String address) {
		byte[] bytes = bytes((address != null) ? address.replaceFirst("%.*", "") : "");
		return HexFormat.of().formatHex(Arrays.copyOf(bytes, Math.min(bytes.length, NETWORK_BYTES)));
	}

	// Four for IPv4 also when it is written as IPv6.
	private static byte[] bytes(String literal) {
		try {
			return LITERAL.matcher(literal).matches() ? InetAddress.getByName(literal).getAddress() : new byte[0];
		}
		catch (UnknownHostException ex) {
			return new byte[0];
		}
	}

}
