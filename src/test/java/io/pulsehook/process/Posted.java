package io.pulsehook.process;

/**
 * A webhook of a flow that differs from every other: its title names the contact and the
 * number.
 *
 * @param contact the contact's id
 * @param number the number, unique for the contact
 */
record Posted(String contact, int number) {

	// Any usable date will do: without one, an equal event counts as a duplicate for some
	// minutes only.
	private static final long DATE = 1_700_000_000;

	String title() {
		return this.contact + " step " + this.number;
	}

	String json() {
		return json(title());
	}

	// Returns the same webhook with a documented title.
	String json(String title) {
		return """
				[{"service":"telegram","title":"%s","bot":{"id":"bot","name":"Bot"},
				"contact":{"id":"%s","name":"Somebody","variables":{"seq":%d}},"date":%d}]
				""".formatted(title, this.contact, this.number, DATE + this.number);
	}

}
