package io.pulsehook;

/**
 * The examples of SendPulse's page on webhooks, in the form in which it posts them. Tests
 * read them with {@link Events}. An example that is not valid JSON on the page is
 * repaired here. The example of an event that the page does not document follows what
 * integrations report.
 */
public final class Samples {

	/**
	 * A user subscribed: {@code new_subscriber} on Telegram. Its date is not usable.
	 */
	public static final String NEW_SUBSCRIBER = """
			[
			  {
			    "info": null,
			    "service": "telegram",
			    "title": "new_subscriber",
			    "bot": {
			      "url": "https://t.me/best_bot",
			      "external_id": 1845120800,
			      "id": "60b0a854b4d8073f592b92f3",
			      "name": "BEST"
			    },
			    "contact": {
			      "username": "veronica",
			      "name": "name",
			      "tags": [],
			      "last_message": "Test",
			      "photo": null,
			      "variables": {
			        "name": "Veronica Petrova",
			        "Phone": "380985236985",
			        "Email": "test@gmail.com"
			      },
			      "operator": {
			        "username": "test dza",
			        "created_at": 1723636543,
			        "user_id": 8356384,
			        "avatar": null,
			        "email": "custombot1@e.cn.ua"
			      },
			      "id": "60b0a854083b4964fd0f7b657847848"
			    },
			    "date": 16377590567070
			  }
			]
			""";

	/**
	 * A text message from a user: {@code incoming_message} on WhatsApp.
	 */
	public static final String INCOMING_MESSAGE = """
			[
			  {
			    "info": {
			      "message": {
			        "channel_data": {
			          "message": {
			            "audio": null,
			            "from": 1332678955,
			            "context": null,
			            "interactive": null,
			            "contacts": null,
			            "text": {
			              "body": "hey! whats up?"
			            },
			            "button": null,
			            "system": null,
			            "voice": null,
			            "video": null,
			            "identity": null,
			            "image": null,
			            "timestamp": 1625834714,
			            "document": null,
			            "type": "text",
			            "id": "ABCDOAk1346346go-sKd--dduwQ9p",
			            "sticker": null,
			            "location": null
			          },
			          "message_id": "ABCDOAk1Z43535-sKd--dduwQ9p"
			        },
			        "id": "60e8434b446846838d8463"
			      }
			    },
			    "service": "whatsapp",
			    "title": "incoming_message",
			    "bot": {
			      "url": "https://wa.me/380932674329",
			      "external_id": "380932674329",
			      "id": "60c1c50c156845831909cf74",
			      "name": "Revision_me"
			    },
			    "contact": {
			      "username": "Alexander",
			      "name": "Alexander",
			      "tags": [],
			      "last_message": "hey! whats up?",
			      "photo": null,
			      "variables": {
			        "dept": "Designer"
			      },
			      "id": "60c0f31f457479d02b7512"
			    },
			    "date": 1625834714
			  }
			]
			""";

	/**
	 * A message with buttons to a user: {@code outgoing_message} on Telegram.
	 */
	public static final String OUTGOING_MESSAGE = """
			[
			  {
			    "info": {
			      "message": {
			        "channel_data": {
			          "message": {
			            "disable_web_page_preview": null,
			            "text": "Click",
			            "disable_notification": null,
			            "reply_to_message_id": null,
			            "parse_mode": "HTML",
			            "reply_markup": {
			              "inline_keyboard": [
			                [
			                  {
			                    "payload_id": "84d30d5624-92245695-4e834560-86f4-bbdb694710b0456",
			                    "callback_data": "eyJwIjoiODRkMzBkMjQtOTI5NS00ZTgwLTg2ZjQtYmJkYjY5NDcxMGIwIn05257",
			                    "text": "Click",
			                    "data": {
			                      "to_block_id": "3bd58f77-ef28-4f0d-9ae7-33ef71bedeb85724",
			                      "to_block": 1,
			                      "button_id": "6cb63b34-a030-4e53-ba91-8f13320ad36b3687568"
			                    },
			                    "type": "postback",
			                    "statistic_id": "6cb63b34-a030-4e53-ba91-8f13320ad36b5367637",
			                    "external_id": "ce60c182-c058-4450-a002-2e500936ab536739",
			                    "id": "6cb63b34-a030-4e53-ba91-8f13320ad36467346b"
			                  }
			                ],
			                [
			                  {
			                    "payload_id": "97867499-063c-498d-9386-e26284addf1367568658",
			                    "callback_data": "dummy",
			                    "text": "Click",
			                    "data": {
			                      "to_block_id": "9ba1c058-7ae8-429d-9d83-f674bf6635685b2f8",
			                      "to_block": null,
			                      "button_id": "bc769bd8-edef-42a6-9448-e47875b4663568999"
			                    },
			                    "type": "postback",
			                    "statistic_id": "bc769bd8-edef-42a6-9448-e47875b46935683599",
			                    "external_id": "5148a80f-0dc7-4bb9-aa26-8331a013568dfabc",
			                    "id": "bc769bd8-edef-42a6-9448-e47875b46568586999"
			                  }
			                ]
			              ]
			            }
			          },
			          "message_id": 943544,
			          "chat_id": 6069664546956
			        },
			        "id": "619e3686cac8ab43e20a4a0546549"
			      }
			    },
			    "service": "telegram",
			    "title": "outgoing_message",
			    "bot": {
			      "url": "https://t.me/best_bot",
			      "external_id": "18451208006576",
			      "id": "60b0a854b4d8073f592b925675f3",
			      "name": "BEST"
			    },
			    "contact": {
			      "username": "veronica",
			      "name": "veronica",
			      "tags": [],
			      "last_message": "Test",
			      "photo": null,
			      "variables": {
			        "name": "Veronica Petrova",
			        "Phone": "380985236985",
			        "Email": "test@gmail.com"
			      },
			      "id": "60b0a854083b4964fd0f7b65675675"
			    },
			    "date": 16377585936738
			  }
			]
			""";

	/**
	 * A user opened the live chat: {@code open_chat} on Telegram.
	 */
	public static final String OPEN_CHAT = """
			[
			  {
			    "info": null,
			    "service": "telegram",
			    "title": "open_chat",
			    "bot": {
			      "url": "https://t.me/best_bot",
			      "external_id": 18451208007356,
			      "id": "60b0a854b4d8073f592b92f673563",
			      "name": "BEST"
			    },
			    "contact": {
			      "username": "veronica",
			      "name": "veronica",
			      "tags": [],
			      "last_message": "Test",
			      "photo": null,
			      "variables": {
			        "name": "Veronica Petrova",
			        "Phone": "380985236985",
			        "Email": "test@gmail.com"
			      },
			      "operator": {
			        "username": "test dza",
			        "created_at": 1723636543,
			        "user_id": 8356384,
			        "avatar": null,
			        "email": "custombot1@e.cn.ua"
			      },
			      "id": "60b0a854083b4964fd0f756756b65"
			    },
			    "date": 16377587917546
			  }
			]
			""";

	/**
	 * A flow was launched: {@code run_custom_flow} on Telegram.
	 */
	public static final String RUN_CUSTOM_FLOW = """
			[
			  {
			    "info": null,
			    "service": "telegram",
			    "title": "run_custom_flow",
			    "bot": {
			      "url": "https://t.me/best_bot",
			      "external_id": 1845120856756700,
			      "id": "60b0a854b4d8073f592b92f3564567",
			      "name": "BEST"
			    },
			    "contact": {
			      "username": "veronica",
			      "name": "veronica",
			      "tags": [],
			      "last_message": "Test",
			      "photo": null,
			      "variables": {
			        "name": "Veronica Petrova",
			        "Phone": "380985236985",
			        "Email": "test@gmail.com"
			      },
			      "operator": {
			        "username": "test dza",
			        "created_at": 1723636543,
			        "user_id": 8356384,
			        "avatar": null,
			        "email": "custombot1@e.cn.ua"
			      },
			      "id": "60b0a854083b4964fd0f7b655858"
			    },
			    "date": 163775889778478
			  }
			]
			""";

	/**
	 * A user clicked through a link: {@code link_click} on Telegram.
	 */
	public static final String LINK_CLICK = """
			[
			  {
			    "info": null,
			    "service": "telegram",
			    "title": "link_click",
			    "bot": {
			      "url": "https://t.me/best_bot",
			      "external_id": 1845120806750,
			      "id": "60b0a854b4d8073f592b9254677654f3",
			      "name": "BEST"
			    },
			    "contact": {
			      "username": "veronica",
			      "name": "veronica",
			      "tags": [],
			      "last_message": "Test",
			      "photo": null,
			      "variables": {
			        "name": "Veronica Petrova",
			        "Phone": "380985236985",
			        "Email": "test@gmail.com"
			      },
			      "operator": {
			        "username": "test dza",
			        "created_at": 1723636543,
			        "user_id": 8356384,
			        "avatar": null,
			        "email": "custombot1@e.cn.ua"
			      },
			      "id": "60b0a854083b4964fd0f65757b65"
			    },
			    "date": 16377589785675
			  }
			]
			""";

	/**
	 * A user unsubscribed: {@code unsubscribe} on Telegram.
	 */
	public static final String UNSUBSCRIBE = """
			[
			  {
			    "info": null,
			    "service": "telegram",
			    "title": "unsubscribe",
			    "bot": {
			      "url": "https://t.me/best_bot",
			      "external_id": 1845120806780,
			      "id": "60b0a854b4d8073f592b92678f3",
			      "name": "BEST"
			    },
			    "contact": {
			      "username": "veronica",
			      "name": "veronica",
			      "tags": [],
			      "last_message": "Test",
			      "photo": null,
			      "variables": {
			        "name": "Veronica Petrova",
			        "Phone": "380985236985",
			        "Email": "test@gmail.com"
			      },
			      "operator": {
			        "username": "test dza",
			        "created_at": 1723636543,
			        "user_id": 8356384,
			        "avatar": null,
			        "email": "custombot1@e.cn.ua"
			      },
			      "id": "60b0a854083b4966784fd0f7b65"
			    },
			    "date": 1637759687101
			  }
			]
			""";

	/**
	 * A user blocked the bot: {@code bot_block} on Telegram.
	 */
	public static final String BOT_BLOCK = """
			[
			  {
			    "info": null,
			    "service": "telegram",
			    "title": "bot_block",
			    "bot": {
			      "url": "https://t.me/best_bot",
			      "external_id": 1845126570800,
			      "id": "60b0a854b4d8056773f592b92f3",
			      "name": "BEST"
			    },
			    "contact": {
			      "username": "veronica",
			      "name": "veronica",
			      "tags": [],
			      "last_message": "Test",
			      "photo": null,
			      "variables": {
			        "name": "Veronica Petrova",
			        "Phone": "380985236985",
			        "Email": "test@gmail.com"
			      },
			      "operator": {
			        "username": "test dza",
			        "created_at": 1723636543,
			        "user_id": 8356384,
			        "avatar": null,
			        "email": "custombot1@e.cn.ua"
			      },
			      "id": "60b0a854083b4964fd5670f7b65"
			    },
			    "date": 1637756579166
			  }
			]
			""";

	/**
	 * A message that could not be delivered: {@code failed_delivery} on WhatsApp. The
	 * page has no example of it; this one is written after what integrations report.
	 */
	public static final String FAILED_DELIVERY = """
			[
			  {
			    "info": {
			      "timestamp": 1753700400,
			      "error_message": "Re-engagement message",
			      "error_code": 470,
			      "message_id": "ABCDOAk1346346go-sKd--dduwQ9p"
			    },
			    "service": "whatsapp",
			    "title": "failed_delivery",
			    "bot": {
			      "id": "60c1c50c156845831909cf74"
			    },
			    "contact": {
			      "phone": "380985236985"
			    },
			    "date": 1753700401
			  }
			]
			""";

	/**
	 * A user reached the webhook of a flow on Messenger, with a variable beside the
	 * contact's own fields.
	 */
	public static final String FLOW_WEBHOOK = """
			[
			  {
			    "info": null,
			    "service": "messenger",
			    "title": "Reserved. Apartment #3",
			    "bot": {
			      "url": "https://m.me/104117781360763",
			      "external_id": "104117781360763",
			      "id": "17ff4105-d5f1-4790-9d09-a6f64ea73d54",
			      "name": "BEST"
			    },
			    "contact": {
			      "name of variable": "value of variable",
			      "email": "name@example.com",
			      "phone": "+38093000000",
			      "last_message": "hey! whats up?",
			      "photo": "https://..",
			      "tags": [
			        "tag1",
			        "tag2"
			      ],
			      "id": "467bf50f-9cb0-4b65-b722-0135ad5fb9e0",
			      "name": "Alexander"
			    },
			    "date": 1617401679
			  }
			]
			""";

	/**
	 * A completed test payment of a section that the page's own table lacks.
	 */
	public static final String PAYMENT_ORDER = """
			{
			  "timestamp": 1644590834,
			  "version": "1.0",
			  "event": "payment_order",
			  "order": {
			    "totalCost": 12,
			    "status": 200,
			    "customerName": "User",
			    "service": 2,
			    "paymentMethodType": 7,
			    "variables": [
			      {
			        "valueType": 1,
			        "name": "String",
			        "value": "Hello World"
			      },
			      {
			        "valueType": 2,
			        "name": "Number",
			        "value": "55684213"
			      },
			      {
			        "valueType": 3,
			        "name": "Date",
			        "value": "2022-02-25"
			      },
			      {
			        "valueType": 5,
			        "name": "Phone",
			        "value": "+38063456228"
			      },
			      {
			        "valueType": 6,
			        "name": "Email",
			        "value": "user@sendpulse.com"
			      },
			      {
			        "valueType": 7,
			        "name": "Link",
			        "value": "http://sendpulse.com"
			      }
			    ],
			    "number": 1618,
			    "currency": "BRL",
			    "contactId": "7a505f4293dffcd7100f8f0004214892e4cf5618307908edf465042075d5c30",
			    "updatedAt": "2022-02-11T14:47:14+00:00",
			    "type": 2,
			    "id": "a3704313-8c0b-0000-b195-c6b84242f0e2",
			    "createdAt": "2022-02-11T14:47:13+00:00",
			    "description": "Apple MercadoPago"
			  }
			}
			""";

	private Samples() {
	}

	/**
	 * The event of a sample without the array around it, as {@link Delivery#raw()} gives
	 * it to a handler.
	 * @param sample one of the samples, or any other body of one event
	 * @return the JSON of the event
	 * @throws IllegalArgumentException if the body is an array of no event or of several
	 */
	public static String element(String sample) {
		return Events.elementOrBroken(sample);
	}

}
