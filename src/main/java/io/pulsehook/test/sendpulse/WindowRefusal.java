package io.pulsehook.test.sendpulse;

/**
 * How SendPulse refuses a message to a contact that has not written for 24 hours. Each of
 * these has been seen, on one channel or another.
 */
public enum WindowRefusal {

	/**
	 * Status 422, with the reason in {@code errors.contact_id}.
	 */
	UNPROCESSABLE(422,
			"""
					{"message":"The given data was invalid.","errors":{"contact_id":["(#2) Contact is not active in 24hours"]}}"""),

	/**
	 * Status 400 and {@code "success":false}, with the reason in {@code errors.phone}.
	 */
	BAD_REQUEST(400,
			"""
					{"success":false,"data":null,"errors":{"phone":["(#1) Contact is not active in 24hours"]},"error_code":400}"""),

	/**
	 * Status 400 with a code instead of a reason, as on Messenger.
	 */
	ERROR_CODE(400, """
			{"errors":{"contact_id":["contact.errors.not_active"]}}"""),

	/**
	 * Status 200 with {@code "data":false}, as on Instagram.
	 */
	DATA_FALSE(200, """
			{"success":true,"data":false,"message":"Contact is not active in 24hours"}""");

	private final Reply reply;

	WindowRefusal(int status, String body) {
		this.reply = Reply.of(status, body);
	}

	Reply reply() {
		return this.reply;
	}

}
