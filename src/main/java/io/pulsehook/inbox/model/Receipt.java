package io.pulsehook.inbox.model;

/**
 * What became of one request's elements, given out only after their commit is on disk.
 *
 * @param accepted how many were stored
 * @param duplicates how many had been stored before
 * @param unrecognized how many of the accepted are of no known shape
 */
public record Receipt(int accepted, int duplicates, int unrecognized) {

	/** The receipt of a request without elements. */
	public static final Receipt EMPTY = new Receipt(0, 0, 0);

}
