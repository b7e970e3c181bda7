package io.pulsehook.inbox.model;

/**
 * What became of the elements of a request. It is returned only when their commit is on
 * disk.
 *
 * @param accepted how many were stored
 * @param duplicates how many had been stored before
 * @param unrecognized how many of the accepted were not recognised
 */
public record Receipt(int accepted, int duplicates, int unrecognized) {

	/** The receipt of a request without elements. */
	public static final Receipt EMPTY = new Receipt(0, 0, 0);

}
