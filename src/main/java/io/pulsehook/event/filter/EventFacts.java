package io.pulsehook.event.filter;

import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.pulsehook.event.Bot;
import io.pulsehook.event.Channel;
import io.pulsehook.event.ChatbotEvent;
import io.pulsehook.event.Event;
import io.pulsehook.event.MessageEvent;
import io.pulsehook.event.PaymentOrder;
import io.pulsehook.event.PaymentStatus;

/**
 * What filters can ask of an event. It keeps the beginnings of a few texts rather than
 * the bound event, since many events can wait for a commit at the same time, and so that
 * a long text does not take the time of the thread that compares it.
 */
public sealed interface EventFacts {

	/** The value of {@link FilterKey#SENT_BY} for what an operator wrote. */
	String OPERATOR = "operator";

	/** The value of {@link FilterKey#SENT_BY} for what nobody of the team wrote. */
	String OTHER = "other";

	/** How many characters of a text count; no more are stored and shown either. */
	int LONGEST = 200;

	/** The facts of something that no filter keeps away. */
	EventFacts NONE = new Nothing();

	/**
	 * Takes all facts from an event.
	 * @param source the name of the source that received it
	 * @param event the bound event
	 * @return the facts
	 */
	static EventFacts of(String source, Event event) {
		return of(source, event, true);
	}

	/**
	 * Takes facts from an event.
	 * @param source the name of the source that received it
	 * @param event the bound event
	 * @param readMessage whether to look into a message as well; if not, a filter that
	 * asks for something in it is taken to match
	 * @return the facts
	 */
	static EventFacts of(String source, Event event, boolean readMessage) {
		if (event instanceof ChatbotEvent chatbot) {
			OfMessage message = (readMessage && event instanceof MessageEvent sent) ? OfMessage.read(sent) : null;
			Bot bot = chatbot.bot();
			return new OfChatbot(source, cut(chatbot.title()), chatbot.service(), cutIfPresent(chatbot.serviceCode()),
					(bot != null) ? cutIfPresent(bot.id()) : null, (bot != null) ? cutIfPresent(bot.name()) : null,
					message);
		}
		if (event instanceof PaymentOrder order) {
			return new OfPayment(source, cut(order.statusCode()), order.status(), order.isTest());
		}
		return new OfUnrecognized(source);
	}

	/**
	 * Returns the values that an event has for a key.
	 * @param key the key
	 * @return the values, one of which has to match, and which are an empty text if there
	 * is none; {@code null} if an event of its kind cannot have any
	 */
	@Nullable List<String> valuesOf(FilterKey key);

	private static String cut(String text) {
		return (text.length() > LONGEST) ? text.substring(0, LONGEST) : text;
	}

	private static @Nullable String cutIfPresent(@Nullable String text) {
		return (text != null) ? cut(text) : null;
	}

	private static List<String> present(@Nullable String... values) {
		List<String> present = Stream.of(values).filter((value) -> value != null && !value.isBlank()).toList();
		return present.isEmpty() ? List.of("") : present;
	}

	/** The facts of a chatbot event. */
	record OfChatbot(String source, String title, Channel service, @Nullable String serviceCode, @Nullable String botId,
			@Nullable String botName, @Nullable OfMessage message) implements EventFacts {

		@Override
		public @Nullable List<String> valuesOf(FilterKey key) {
			return switch (key) {
				case TITLE -> List.of(this.title);
				case SERVICE -> present(this.service.code(), this.serviceCode);
				case BOT -> present(this.botId, this.botName);
				case SOURCE -> List.of(this.source);
				case STATUS, TEST -> null;
				case COMMENT, ECHO, SENT_BY -> (this.message != null) ? List.of(this.message.valueOf(key)) : null;
			};
		}

	}

	/** What has been looked up in a message. */
	record OfMessage(boolean comment, boolean echo, boolean fromOperator) {

		private static OfMessage read(MessageEvent event) {
			return new OfMessage(event.isComment(), event.isEcho(), event.sentBy() != null);
		}

		private String valueOf(FilterKey key) {
			return switch (key) {
				case COMMENT -> String.valueOf(this.comment);
				case ECHO -> String.valueOf(this.echo);
				default -> this.fromOperator ? OPERATOR : OTHER;
			};
		}

	}

	/** The facts of a payment. */
	record OfPayment(String source, String statusCode, PaymentStatus status, boolean test) implements EventFacts {

		@Override
		public @Nullable List<String> valuesOf(FilterKey key) {
			return switch (key) {
				case SOURCE -> List.of(this.source);
				case STATUS -> present(this.status.name(), this.status.code(), this.statusCode);
				case TEST -> List.of(String.valueOf(this.test));
				default -> null;
			};
		}

	}

	/** The facts of what was not recognised. */
	record OfUnrecognized(String source) implements EventFacts {

		@Override
		public @Nullable List<String> valuesOf(FilterKey key) {
			return (key == FilterKey.SOURCE) ? List.of(this.source) : null;
		}

	}

	/** The facts of something that cannot have any value. */
	record Nothing() implements EventFacts {

		@Override
		public @Nullable List<String> valuesOf(FilterKey key) {
			return null;
		}

	}

}
