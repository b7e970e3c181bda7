package io.pulsehook.test.sendpulse;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A way in which a call fails, to be passed to {@link FakeSendPulse#failNext}.
 */
public final class FakeAnswer {

	private final Kind kind;

	private final @Nullable Reply reply;

	private final boolean afterwards;

	private FakeAnswer(Kind kind, @Nullable Reply reply, boolean afterwards) {
		this.kind = kind;
		this.reply = reply;
		this.afterwards = afterwards;
	}

	/**
	 * Answers with a status, and the body that SendPulse sends with it as far as that is
	 * known.
	 * @param status the status, as 500
	 * @return the answer
	 */
	public static FakeAnswer status(int status) {
		return switch (status) {
			case 401 -> of(Reply.unauthorized());
			case 403 -> of(Reply.forbidden());
			case 404 -> of(Reply.notFound());
			case 429 -> of(Reply.tooManyRequests());
			default -> status(status, """
					{"message":"Server Error","error_code":%d}""".formatted(status));
		};
	}

	/**
	 * Answers with a status and a body.
	 * @param status the status
	 * @param json the body
	 * @return the answer
	 */
	public static FakeAnswer status(int status, String json) {
		return of(Reply.of(status, json));
	}

	/**
	 * Answers 429 with a {@code Retry-After}. SendPulse's own 429 is not known to have
	 * one, as {@link #status(int)} says it.
	 * @param retryAfter the header, as seconds or a date
	 * @return the answer
	 */
	public static FakeAnswer tooManyRequests(String retryAfter) {
		Reply reply = Reply.tooManyRequests();
		return of(new Reply(reply.status(), Map.of("Retry-After", retryAfter), reply.contentType(), reply.body()));
	}

	/**
	 * Answers with a page for people instead of JSON, as a proxy does.
	 * @param status the status, which can be 200
	 * @return the answer
	 */
	public static FakeAnswer html(int status) {
		return of(new Reply(status, Map.of(), "text/html; charset=UTF-8",
				"<html><head><title>Just a moment</title></head><body>Please wait.</body></html>"));
	}

	/**
	 * Cuts the connection instead of answering.
	 * @return the answer
	 */
	public static FakeAnswer cutConnection() {
		return new FakeAnswer(Kind.CUT, null, false);
	}

	/**
	 * Does not answer and keeps the connection open, until the server is reset or closed.
	 * @return the answer
	 */
	public static FakeAnswer silence() {
		return new FakeAnswer(Kind.SILENCE, null, false);
	}

	private static FakeAnswer of(Reply reply) {
		return new FakeAnswer(Kind.REPLY, reply, false);
	}

	/**
	 * Lets the server first do what it was asked for: the message reaches the contact,
	 * and the caller cannot know.
	 * @return an answer like this one that comes too late
	 */
	public FakeAnswer afterwards() {
		return new FakeAnswer(this.kind, this.reply, true);
	}

	Kind kind() {
		return this.kind;
	}

	@Nullable Reply reply() {
		return this.reply;
	}

	boolean isAfterwards() {
		return this.afterwards;
	}

	enum Kind {

		REPLY, CUT, SILENCE

	}

}
