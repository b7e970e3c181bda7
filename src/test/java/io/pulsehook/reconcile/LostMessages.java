package io.pulsehook.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.pulsehook.Events;
import io.pulsehook.event.Attachment;
import io.pulsehook.event.Channel;
import io.pulsehook.event.IncomingMessage;
import io.pulsehook.test.MessageBuilder;
import io.pulsehook.test.TestEvents;
import io.pulsehook.test.sendpulse.FakeContact;
import io.pulsehook.test.sendpulse.FakeMessage;
import io.pulsehook.test.sendpulse.FakeSendPulse;

/**
 * Conversations on all channels, of which SendPulse has every message and sent nearly
 * every one: those that it lost are of each kind that a history can show, and stand
 * between others that look like them.
 */
public final class LostMessages {

	/** How far a reconciliation has to look back to find them all. */
	public static final Duration WINDOW = Duration.ofHours(24);

	private static final Channel[] CHANNELS = { Channel.TELEGRAM, Channel.WHATSAPP, Channel.INSTAGRAM,
			Channel.MESSENGER, Channel.VIBER, Channel.LIVECHAT, Channel.TIKTOK };

	/** More than two pages of a history. */
	private static final int TALK = 260;

	private final FakeSendPulse sendPulse;

	private final Instant now;

	private final List<String> webhooks = new ArrayList<>();

	private final List<String> late = new ArrayList<>();

	private final List<String> lateKeys = new ArrayList<>();

	private final List<String> erased = new ArrayList<>();

	private final List<String> lost = new ArrayList<>();

	private final List<String> arrived = new ArrayList<>();

	private int messages;

	/**
	 * Creates conversations.
	 * @param sendPulse has all messages
	 * @param now the present time
	 */
	public LostMessages(FakeSendPulse sendPulse, Instant now) {
		this.sendPulse = sendPulse;
		this.now = now.truncatedTo(ChronoUnit.SECONDS);
		for (Channel channel : CHANNELS) {
			arrive(channel, bot(channel), "first-of-" + channel.code(), "the first",
					this.now.minus(23, ChronoUnit.HOURS));
		}
	}

	/**
	 * Adds conversations, some of which have lost a message, or two that are alike.
	 * @param contacts how many conversations
	 * @param losses how many of them have lost messages
	 */
	public LostMessages converse(int contacts, int losses) {
		int step = contacts / Math.max(1, losses);
		for (int i = 0; i < contacts; i++) {
			Kind kind = (i % step == 0 && i / step < losses) ? Kind.values()[i / step % Kind.values().length] : null;
			converse(i, CHANNELS[i % CHANNELS.length], kind);
		}
		return this;
	}

	private void converse(int number, Channel channel, @Nullable Kind kind) {
		String contact = "c%05d".formatted(number);
		Instant start = this.now.minus(20, ChronoUnit.HOURS).plusSeconds(number * 13L % 36_000);
		arrive(channel, bot(channel), contact, "hello " + number, start);
		history(contact).add(FakeMessage.ofBot("welcome").at(start.plusSeconds(5)))
			.add(FakeMessage.ofOperator("hello " + number).at(start.plusSeconds(10)))
			.add(FakeMessage.ofNote("hello " + number).at(start.plusSeconds(15)))
			.add(FakeMessage.ofService((channel == Channel.TELEGRAM) ? 3 : "payment").at(start.plusSeconds(20)));
		lookAlike(number, channel, contact, start.plusSeconds(900));
		if (kind != null) {
			lose(kind, number, channel, contact, start.plusSeconds(2400));
		}
		if (number % 2 == 0) {
			arrive(channel, bot(channel), contact, "bye " + number, start.plusSeconds(3600));
		}
	}

	/**
	 * Adds what arrived although its row in the history differs from its webhook.
	 */
	private void lookAlike(int number, Channel channel, String contact, Instant at) {
		IncomingMessage message = webhook(channel, bot(channel), contact, "draft " + number, at);
		FakeMessage row = FakeMessage.of(message);
		switch (number % 3) {
			case 0 -> {
				FakeMessage edited = row.edited("final " + number);
				history(contact).add((number % 2 == 0) ? edited : edited.withIds(null, null));
			}
			case 1 -> history(contact)
				.add(FakeMessage.ofContact("draft " + number).withIds(null, null).at(at.plusSeconds(30)));
			default -> {
				history(contact).add(row);
				arrive(channel, bot(channel), contact, "draft " + number, at.plusSeconds(180));
			}
		}
	}

	private void lose(Kind kind, int number, Channel channel, String contact, Instant at) {
		String text = "lost " + number;
		switch (kind) {
			case TEXT -> lose(contact, text, FakeMessage.ofContact(text), at);
			case MEDIA -> lose(contact, null, FakeMessage.ofMedia(channel, picture(channel), null), at);
			case CAPTION -> lose(contact, text, FakeMessage.ofMedia(channel, picture(channel), text), at);
			case EDITED -> lose(contact, text, FakeMessage.ofContact("sort " + number).edited(text), at);
			case ALIKE_TO_ONE_THAT_ARRIVED -> {
				arrive(channel, bot(channel), contact, text, at.minusSeconds(180));
				lose(contact, text, FakeMessage.ofContact(text), at);
			}
			case TWO_ALIKE -> {
				lose(contact, text, FakeMessage.ofContact(text).withIds(null, null), at.minusSeconds(180));
				lose(contact, text, FakeMessage.ofContact(text).withIds(null, null), at);
			}
			case WITHOUT_IDS -> lose(contact, text, FakeMessage.ofContact(text).withIds(null, null), at);
			case OTHER_TYPE -> lose(contact, text,
					FakeMessage.ofContact(text).withType((channel == Channel.TELEGRAM) ? "text" : 2), at);
		}
	}

	private void lose(String contact, @Nullable String text, FakeMessage row, Instant at) {
		history(contact).add(row.at(at));
		this.lost.add(key(contact, text, at));
	}

	/**
	 * Adds what no reconciliation may report: of bots that never posted here, of a bot
	 * before its first event, before the window, and of the last ten minutes.
	 */
	public LostMessages withOthers() {
		for (int i = 0; i < 5; i++) {
			this.sendPulse.contact("foreign-" + i)
				.on(Channel.WHATSAPP, "bot-of-another")
				.add(FakeMessage.ofContact("not ours").at(this.now.minus(1 + i, ChronoUnit.HOURS)));
		}
		arrive(Channel.WHATSAPP, "bot-of-today", "new", "the first", this.now.minus(2, ChronoUnit.HOURS));
		history("new").add(FakeMessage.ofContact("before us").at(this.now.minus(5, ChronoUnit.HOURS)));
		history("first-of-viber").add(FakeMessage.ofContact("long ago").at(this.now.minus(25, ChronoUnit.HOURS)))
			.add(FakeMessage.ofContact("just now").at(this.now.minus(5, ChronoUnit.MINUTES)));
		return this;
	}

	/**
	 * Adds a contact of each way to go through a history who wrote so much that it takes
	 * several pages, and whose lost message is far back.
	 */
	public LostMessages withLongTalks() {
		for (Channel channel : List.of(Channel.TELEGRAM, Channel.MESSENGER)) {
			String contact = "talks-on-" + channel.code();
			Instant start = this.now.minus(10, ChronoUnit.HOURS);
			for (int i = 0; i < TALK; i++) {
				arrive(channel, bot(channel), contact, "word " + i, start.plusSeconds(i * 60L));
			}
			lose(contact, "lost long ago", FakeMessage.ofContact("lost long ago"), start.plusSeconds(90));
		}
		return this;
	}

	/**
	 * Adds contacts who have to be erased before, and lost messages too.
	 */
	public LostMessages withErased(int contacts) {
		for (int i = 0; i < contacts; i++) {
			String contact = "erased-" + i;
			Instant at = this.now.minus(3, ChronoUnit.HOURS);
			this.webhooks.add(receive(CHANNELS[i % CHANNELS.length], bot(CHANNELS[i % CHANNELS.length]), contact,
					"forget me", at));
			history(contact).add(FakeMessage.ofContact("forget this too").at(at.plusSeconds(60)));
			this.erased.add(contact);
		}
		return this;
	}

	/**
	 * Adds messages whose webhooks come hours late, while or after the histories are
	 * compared.
	 */
	public LostMessages withLate(int contacts) {
		for (int i = 0; i < contacts; i++) {
			Channel channel = CHANNELS[i % CHANNELS.length];
			Instant at = this.now.minus(4, ChronoUnit.HOURS).plusSeconds(i);
			String contact = "late-" + i;
			arrive(channel, bot(channel), contact, "in time", at.minusSeconds(60));
			this.late.add(receive(channel, bot(channel), contact, "late", at));
			this.lateKeys.add(key(contact, "late", at));
		}
		return this;
	}

	/**
	 * Makes the webhook of a message that was written just now.
	 */
	public synchronized String newWebhook() {
		int number = this.messages++;
		String contact = "c%05d".formatted(number % 50);
		Channel channel = CHANNELS[number % 50 % CHANNELS.length];
		this.arrived.add(key(contact, "now " + number, this.now));
		return receive(channel, bot(channel), contact, "now " + number, this.now);
	}

	private void arrive(Channel channel, String bot, String contact, String text, Instant at) {
		this.sendPulse.receive(webhook(channel, bot, contact, text, at));
	}

	private IncomingMessage webhook(Channel channel, String bot, String contact, String text, Instant at) {
		MessageBuilder<IncomingMessage> message = message(channel, bot, contact, text, at);
		this.sendPulse.contact(contact).on(channel, bot);
		this.webhooks.add(message.json());
		this.arrived.add(key(contact, text, at));
		return message.build();
	}

	private String receive(Channel channel, String bot, String contact, String text, Instant at) {
		MessageBuilder<IncomingMessage> message = message(channel, bot, contact, text, at);
		this.sendPulse.receive(message.build());
		return message.json();
	}

	private static MessageBuilder<IncomingMessage> message(Channel channel, String bot, String contact, String text,
			Instant at) {
		return TestEvents.incomingMessage().service(channel).bot(bot).contact(contact).text(text).date(at);
	}

	private FakeContact history(String contact) {
		return this.sendPulse.contact(contact);
	}

	private static String bot(Channel channel) {
		return "bot-" + channel.code();
	}

	private static String picture(Channel channel) {
		return (channel == Channel.TELEGRAM) ? "photo" : "image";
	}

	/**
	 * Returns the webhooks that arrive before a reconciliation, as elements of bodies.
	 */
	public List<String> webhooks() {
		return this.webhooks;
	}

	/**
	 * Returns the webhooks that come late.
	 */
	public List<String> late() {
		return this.late;
	}

	/**
	 * Returns what {@link #key} makes of the messages that come late.
	 */
	public List<String> lateKeys() {
		return this.lateKeys;
	}

	/**
	 * Returns the contacts that have to be erased.
	 */
	public List<String> erased() {
		return this.erased;
	}

	/**
	 * Returns what {@link #key} makes of the messages that were lost.
	 */
	public List<String> lost() {
		return this.lost;
	}

	/**
	 * Returns what {@link #key} makes of all messages that are there when what was lost
	 * has been stored and what is late has come.
	 */
	public synchronized List<String> all() {
		List<String> all = new ArrayList<>(this.arrived);
		all.addAll(this.lost);
		all.addAll(this.lateKeys);
		return all;
	}

	/**
	 * Tells messages apart.
	 */
	public static String key(String contact, @Nullable String text, Instant at) {
		return contact + " | " + text + " | " + at;
	}

	/**
	 * Tells missing messages apart as {@link #key(String, String, Instant)}.
	 */
	public static String key(MissingMessage message) {
		return key(message.contact(), message.text(), message.at());
	}

	/**
	 * Tells stored messages apart as {@link #key(String, String, Instant)}.
	 * @param json the event as stored
	 */
	public static String key(String json) {
		IncomingMessage message = Events.read(json, IncomingMessage.class);
		String caption = message.attachments()
			.stream()
			.map(Attachment::caption)
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null);
		return key(String.valueOf(Objects.requireNonNull(message.contact()).id()),
				(message.text() != null) ? message.text() : caption, Objects.requireNonNull(message.date()));
	}

	/**
	 * The ways in which a message can be lost.
	 */
	private enum Kind {

		TEXT, MEDIA, CAPTION, EDITED, ALIKE_TO_ONE_THAT_ARRIVED, TWO_ALIKE, WITHOUT_IDS, OTHER_TYPE

	}

}
