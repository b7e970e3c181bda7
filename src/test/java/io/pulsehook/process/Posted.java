package io.pulsehook.process;

/**
 * A webhook of a flow, which nothing else resembles: the title names the contact and the
 * number.
 *
 * @param contact the contact's id
 * @param number the number, unique for the contact
 */
record Posted(String contact, int number) {

	// Any time that is a usable date: events without one are told apart for minutes only.
	private static final long DATE = 1_700_000_000;

	String title() {
		return this.contact + " step " + this.number;
	}

	String json() {
		return json(title());
	}

	// The same for a documented title.
	String json(String title) {
		return """
				[{"service":"telegram","title":"%s","bot":{"id":"bot","name":"Bot"},
				"contact":{"id":"%s","name":"Somebody","variables":{"seq":%d}},"date":%d}]
				""".formatted(title, this.contact, this.number, DATE + this.number);
	}

}
