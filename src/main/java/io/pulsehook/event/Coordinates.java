package io.pulsehook.event;

/**
 * A place on earth.
 *
 * @param latitude degrees north of the equator
 * @param longitude degrees east of Greenwich
 */
public record Coordinates(double latitude, double longitude) {

}
