package io.pulsehook.inbox.query;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The part of a filter that no column tells: words in the body and in the errors, the
 * name of the bot and the status of the payment. Each event that the database finds is
 * read for it.
 */
final class EventMatcher {

	private static final JsonMapper json = JsonMapper.shared();

	private static final String ERRORS = """
			coalesce((select string_agg(a.error, ' | ') from pulsehook_attempt a where a.event_id = e.id), '')
				|| ' | ' || coalesce((
					select string_agg(d.last_error, ' | ') from pulsehook_delivery d where d.event_id = e.id), '')
				as errors,""";

	private final @Nullable SearchWords text;

	private final @Nullable SearchWords botName;

	private final @Nullable SearchWords error;

	private final @Nullable String paymentStatus;

	private EventMatcher(EventFilter filter) {
		this.text = words(filter.text());
		this.botName = words(filter.narrowed().botName());
		this.error = words(filter.narrowed().error());
		this.paymentStatus = filter.narrowed().paymentStatus();
	}

	private static @Nullable SearchWords words(@Nullable String query) {
		return (query != null) ? SearchWords.of(query) : null;
	}

	/**
	 * Takes from a filter what no column tells.
	 * @param filter the filter
	 * @return the matcher, or {@code null} if columns tell all
	 */
	static @Nullable EventMatcher of(EventFilter filter) {
		EventMatcher matcher = new EventMatcher(filter);
		return (matcher.needsBody() || matcher.error != null) ? matcher : null;
	}

	boolean needsBody() {
		return this.text != null || this.botName != null || this.paymentStatus != null;
	}

	/**
	 * Returns the columns to select before those of the event.
	 * @return columns in SQL, each with a comma behind it
	 */
	String columns() {
		return (needsBody() ? "e.body, " : "") + ((this.error != null) ? ERRORS : "");
	}

	boolean matches(ResultSet row) throws SQLException {
		return (this.error == null || this.error.areIn(row.getString("errors")))
				&& (!needsBody() || matches(row.getBytes("body")));
	}

	private boolean matches(byte[] body) {
		return (this.text == null || this.text.areIn(readable(body, this.text)))
				&& ((this.botName == null && this.paymentStatus == null) || matches(parse(body)));
	}

	private boolean matches(@Nullable JsonNode event) {
		if (event == null) {
			return false;
		}
		return (this.botName == null || this.botName.areIn(event.path("bot").path("name").asString("")))
				&& (this.paymentStatus == null || this.paymentStatus.equals(statusOf(event.path("order"))));
	}

	private static String statusOf(JsonNode order) {
		return (order.isArray() ? order.path(0) : order).path("status").asString("");
	}

	/**
	 * Returns the text of a body. JSON is written again without escapes: senders usually
	 * write other alphabets as {@code \\u0430}, which nobody would search for. What has
	 * no escapes is read as it is, which takes a tenth of the time.
	 * @param body the body
	 * @param words what is searched for in it
	 * @return its text
	 */
	private static String readable(byte[] body, SearchWords words) {
		String text = new String(body, StandardCharsets.UTF_8);
		if (text.indexOf('\\') < 0 && !words.mayReachAcrossValues()) {
			return text;
		}
		JsonNode event = parse(body);
		return (event != null) ? event.toString() : text;
	}

	private static @Nullable JsonNode parse(byte[] body) {
		try {
			return json.readTree(body);
		}
		catch (JacksonException ex) {
			return null;
		}
	}

}
