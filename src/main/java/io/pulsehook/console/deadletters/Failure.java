package io.pulsehook.console.deadletters;

/**
 * An error in two parts.
 *
 * @param type the simple name of the exception; empty if the error is a sentence
 * @param message what it said; empty if it said nothing
 */
public record Failure(String type, String message) {

	/**
	 * Takes an error apart.
	 * @param error the error in a line
	 * @return its parts
	 */
	public static Failure of(String error) {
		int end = error.indexOf(": ");
		String name = (end >= 0) ? error.substring(0, end) : error;
		if (name.indexOf(' ') >= 0) {
			return new Failure("", error);
		}
		return new Failure(name.substring(name.lastIndexOf('.') + 1), (end >= 0) ? error.substring(end + 2) : "");
	}

	/**
	 * Returns what stands above the rest.
	 * @return the type, or else the message
	 */
	public String title() {
		return this.type.isEmpty() ? this.message : this.type;
	}

	/**
	 * Returns the title for where more words follow in the same line.
	 * @return the title without the full stop of a sentence
	 */
	public String name() {
		String title = title();
		return title.endsWith(".") ? title.substring(0, title.length() - 1) : title;
	}

	/**
	 * Returns what stands below the title.
	 * @return the message; empty if it is the title
	 */
	public String detail() {
		return this.type.isEmpty() ? "" : this.message;
	}

}
