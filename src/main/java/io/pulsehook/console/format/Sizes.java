package io.pulsehook.console.format;

import java.util.Locale;

/**
 * Formats sizes for the pages, in units of 1,024.
 */
public final class Sizes {

	private static final String[] UNITS = { "KB", "MB", "GB", "TB" };

	private static final int STEP = 1024;

	private Sizes() {
	}

	/**
	 * Writes a size in the largest unit of which it has at least one.
	 * @param bytes the size
	 * @return the size with its unit, rounded
	 */
	public static String text(long bytes) {
		if (bytes < STEP) {
			return (bytes == 1) ? "1 byte" : bytes + " bytes";
		}
		double size = bytes;
		int unit = -1;
		while (size >= STEP && unit < UNITS.length - 1) {
			size /= STEP;
			unit++;
		}
		boolean whole = size == Math.rint(size) || size >= 100;
		return String.format(Locale.ROOT, whole ? "%.0f %s" : "%.1f %s", size, UNITS[unit]);
	}

}
