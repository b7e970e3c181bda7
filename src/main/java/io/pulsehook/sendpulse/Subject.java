package io.pulsehook.sendpulse;

/**
 * What a call is about, which decides what its refusal can mean.
 */
enum Subject {

	/** The account alone, so that no contact is the reason of a refusal. */
	ACCOUNT,

	/** A contact alone: what is not found is the contact. */
	CONTACT,

	/**
	 * A contact and something that somebody can still make, such as a flow: what is not
	 * found can be either.
	 */
	CONTACT_AND_MORE

}
