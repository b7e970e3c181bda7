package io.pulsehook.event;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A place on earth.
 *
 * @param latitude degrees north of the equator
 * @param longitude degrees east of Greenwich
 */
public record Coordinates(double latitude, double longitude) {

	private static final double MAX_LATITUDE = 90;

	private static final double MAX_LONGITUDE = 180;

	/**
	 * Reads coordinates.
	 * @return the coordinates, or {@code null} if they are no numbers or no place on
	 * earth
	 */
	static @Nullable Coordinates of(JsonNode latitude, JsonNode longitude) {
		double north = latitude.asDouble(Double.NaN);
		double east = longitude.asDouble(Double.NaN);
		return (Math.abs(north) <= MAX_LATITUDE && Math.abs(east) <= MAX_LONGITUDE) ? new Coordinates(north, east)
				: null;
	}

}
