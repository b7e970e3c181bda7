package io.pulsehook.sendpulse;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The reasons for which SendPulse refuses a call for good, and the words by which they
 * are known. SendPulse documents none of them: these are the words of answers that were
 * seen, and similar ones.
 */
enum Refusal {

	/** The contact has not written for too long. */
	OUTSIDE_WINDOW("24[ -]?h|contact.{0,40}not[ _]active|outside.{0,30}window|window.{0,30}(closed|expired|over)",
			"the contact has not written for 24 hours") {

		@Override
		CallRefusedException exception(String message, int status) {
			return new OutsideWindowException(message, status);
		}

	},

	/** The contact cannot be written to. SendPulse's account can be blocked as well. */
	BLOCKED("(?m)^(?!.*\\b(your|sendpulse)\\b.{0,20}\\baccount\\b)"
			+ ".*(\\b|_)(blocked|unsubscribed|disabled|banned|deactivated)(\\b|_)",
			"the contact has blocked the bot, unsubscribed, or is disabled") {

		@Override
		CallRefusedException exception(String message, int status) {
			return new ContactBlockedException(message, status);
		}

	},

	/** A text is too long. */
	TOO_LONG("too[ _]long|max[_ ]?length|(greater|more|longer|exceed|at most|max).{0,60}(character|symbol|length)",
			"a text is too long for the channel") {

		@Override
		CallRefusedException exception(String message, int status) {
			return new TextTooLongException(message, status);
		}

	},

	/** The contact is not known. */
	UNKNOWN_CONTACT("contact.{0,40}(not[ _]found|not[ _]exist|n't exist|unknown|invalid)|unknown contact",
			"SendPulse does not know the contact") {

		@Override
		CallRefusedException exception(String message, int status) {
			return new UnknownContactException(message, status);
		}

	};

	private final Pattern words;

	private final String meaning;

	Refusal(String words, String meaning) {
		this.words = Pattern.compile(words, Pattern.CASE_INSENSITIVE);
		this.meaning = meaning;
	}

	/**
	 * Finds the reason in what SendPulse says.
	 * @param text the texts of an answer
	 * @return the reason, or {@code null} if none is recognised
	 */
	static @Nullable Refusal in(String text) {
		for (Refusal refusal : values()) {
			if (refusal.words.matcher(text).find()) {
				return refusal;
			}
		}
		return null;
	}

	String meaning() {
		return this.meaning;
	}

	abstract CallRefusedException exception(String message, int status);

}
