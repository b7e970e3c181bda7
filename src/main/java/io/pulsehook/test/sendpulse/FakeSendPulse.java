package io.pulsehook.test.sendpulse;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.pulsehook.event.IncomingMessage;

/**
 * Plays SendPulse: a server on the loopback interface with the API of its chatbots. It
 * takes what SendPulse takes, refuses what SendPulse refuses, and remembers what was
 * sent. It can be told to fail in each way that a client has to expect. Where nobody
 * knows what SendPulse answers, the answer is a guess, and the documentation of the
 * method says so.
 *
 * <pre class="code">
 * sendPulse.failNext(FakeAnswer.status(500));
 * pulsehook.post(TestEvents.incomingMessage().contact("c1").build());
 * pulsehook.awaitDone();
 * assertThat(sendPulse.contact("c1").answers()).containsExactly("Hello!");
 * </pre>
 *
 * Every id is that of a contact, without a tag or a message, until the test prepares it.
 * In a test with {@link io.pulsehook.test.PulsehookTest} it is a bean to which the
 * application's client is connected, and begins anew with each test method. Elsewhere a
 * test creates it, and gives {@link #properties()} to the application.
 */
public final class FakeSendPulse implements AutoCloseable {

	/**
	 * The id that the server gives tokens to.
	 */
	public static final String CLIENT_ID = "sp_id_fake";

	/**
	 * The secret that belongs to the id.
	 */
	public static final String CLIENT_SECRET = "sp_secret_fake";

	/**
	 * A key that the server takes instead of a token.
	 */
	public static final String API_KEY = "sp_apikey_" + "0123456789abcdef".repeat(4);

	private final FakeServer server = new FakeServer();

	/**
	 * Starts a server on a free port.
	 */
	public FakeSendPulse() {
	}

	/**
	 * Returns where the server listens.
	 * @return its address, instead of {@code https://api.sendpulse.com}
	 */
	public URI url() {
		return URI.create("http://127.0.0.1:" + this.server.port());
	}

	/**
	 * Returns the properties that connect an application to this server, and take the
	 * place of a key that the application has.
	 * @return the values by name, as {@code pulsehook.sendpulse.url}
	 */
	public Map<String, Object> properties() {
		return Map.of("pulsehook.sendpulse.url", url().toString(), "pulsehook.sendpulse.client-id", CLIENT_ID,
				"pulsehook.sendpulse.client-secret", CLIENT_SECRET, "pulsehook.sendpulse.api-key", "");
	}

	/**
	 * Returns a contact, to be prepared or looked at.
	 * @param id any id
	 * @return the contact of that id, always the same until the server is reset
	 */
	public FakeContact contact(String id) {
		return this.server.contacts.get(id);
	}

	/**
	 * Lets SendPulse have received a message, as it has before it sends the webhook. A
	 * test that does not post the event plays a webhook that was lost.
	 * @param message the message, which names channel, bot and contact
	 * @return the contact
	 * @throws IllegalArgumentException if the message does not name them
	 */
	public FakeContact receive(IncomingMessage message) {
		String contact = (message.contact() != null) ? message.contact().id() : null;
		String bot = (message.bot() != null) ? message.bot().id() : null;
		if (contact == null || bot == null) {
			throw new IllegalArgumentException("A message that SendPulse received names its bot and its contact.");
		}
		return contact(contact).on(message.service(), bot).add(FakeMessage.of(message));
	}

	/**
	 * Returns the messages that reached contacts.
	 * @return the messages in the order in which they arrived
	 */
	public List<SentMessage> sent() {
		return this.server.sends.sent();
	}

	/**
	 * Returns the calls of the API, also those that were refused or failed.
	 * @return the calls in the order in which they were answered
	 */
	public List<ApiRequest> requests() {
		return List.copyOf(this.server.requests);
	}

	/**
	 * Tells how many times a token was asked for.
	 * @return the number, with the requests that were refused
	 */
	public int logins() {
		return this.server.logins.requests();
	}

	/**
	 * Lets the next call fail. Several calls of this method let as many calls fail, in
	 * their order.
	 * @param answer how it fails
	 */
	public void failNext(FakeAnswer answer) {
		this.server.failures.plan(null, answer);
	}

	/**
	 * Lets the next call of an operation fail.
	 * @param operation the path below the channel's, as {@code contacts/send}
	 * @param answer how it fails
	 */
	public void failNext(String operation, FakeAnswer answer) {
		this.server.failures.plan(operation, answer);
	}

	/**
	 * Lets every call fail, or every third.
	 * @param every 1 for every call, 3 for every third
	 * @param answer how it fails
	 */
	public void failEvery(int every, FakeAnswer answer) {
		this.server.failures.repeat(every, answer);
	}

	/**
	 * Lets no call fail any more.
	 */
	public void failNone() {
		this.server.failures.reset();
	}

	/**
	 * Refuses the id and the secret, the key and all tokens, or takes them again. How
	 * SendPulse refuses a login is not known: this is a status 401.
	 * @param refused whether they are refused
	 */
	public void refuseLogins(boolean refused) {
		this.server.logins.refuse(refused);
	}

	/**
	 * Ends the tokens that were given, before the time that was told with them.
	 */
	public void expireTokens() {
		this.server.logins.expire();
	}

	/**
	 * Sets for how long new tokens are taken.
	 * @param lifetime how long; an hour unless a test sets it
	 */
	public void tokensLast(Duration lifetime) {
		this.server.logins.lifetime(lifetime);
	}

	/**
	 * Sets how many calls are taken within a second. What comes beyond gets a status 429,
	 * whose code is known and whose body is a guess.
	 * @param calls the number; 10 unless a test sets it, as the documentation of
	 * SendPulse says
	 */
	public void limit(int calls) {
		this.server.limit.reset(calls);
	}

	/**
	 * Sets how long a text may be. Longer ones get a status 422, whose wording is a
	 * guess.
	 * @param characters the number; 4,096 unless a test sets it
	 */
	public void longestText(int characters) {
		this.server.sends.longest(characters);
	}

	/**
	 * Sets how many elements a page of a list has at most, whatever size is asked for.
	 * SendPulse has such a limit or not: it is not known.
	 * @param elements the number; there is no limit unless a test sets it
	 */
	public void largestPage(int elements) {
		this.server.largestPage = elements;
	}

	/**
	 * Sets how answers are written.
	 * @param style the style; {@link AnswerStyle#AS_SEEN} unless a test sets it
	 */
	public void answer(AnswerStyle style) {
		this.server.style = style;
	}

	/**
	 * Forgets contacts, calls, failures and settings, as before the first call. Tokens
	 * that were given are still taken, unless logins were refused.
	 */
	public void reset() {
		this.server.reset();
	}

	/**
	 * Stops the server.
	 */
	@Override
	public void close() {
		this.server.close();
	}

}
