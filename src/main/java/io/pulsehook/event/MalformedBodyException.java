package io.pulsehook.event;

/**
 * Thrown when the outer structure of a body is broken, so that it cannot be split into
 * elements. The message says what is wrong and at which byte, and quotes nothing of the
 * body.
 */
public class MalformedBodyException extends Exception {

	private final int offset;

	MalformedBodyException(String problem, int offset) {
		super(problem + " at byte " + offset);
		this.offset = offset;
	}

	/**
	 * Where the body is broken.
	 * @return the offset in bytes from the start of the body
	 */
	public int offset() {
		return this.offset;
	}

}
