package io.pulsehook.console;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.util.UriComponentsBuilder;

import io.pulsehook.EventHandler;
import io.pulsehook.RetryLaterException;
import io.pulsehook.app.PulsehookApplication;
import io.pulsehook.event.Contact;
import io.pulsehook.event.FlowWebhook;
import io.pulsehook.event.IncomingMessage;
import io.pulsehook.event.NewSubscriber;
import io.pulsehook.event.PaymentOrder;
import io.pulsehook.inbox.figures.Backlog;
import io.pulsehook.inbox.model.EventStatus;
import io.pulsehook.inbox.query.DeliveryPage.Among;
import io.pulsehook.inbox.query.ErrorPattern;
import io.pulsehook.inbox.query.EventFilter;
import io.pulsehook.inbox.query.StoredEvents;
import io.pulsehook.inbox.replay.Replays;
import io.pulsehook.inbox.spool.FilledSpool;
import io.pulsehook.inbox.spool.Spool;
import io.pulsehook.inbox.triage.DeadLetter;
import io.pulsehook.inbox.triage.DeadLetters;
import io.pulsehook.receive.Receiver;
import io.pulsehook.threads.CoreThreads;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The service as {@code main} starts it, with lifelike handlers and people.
 */
final class DemoService implements AutoCloseable {

	static final String TOKEN = "bW9jLXNoYS1zZW5kcHVsc2UtZXZlbnRz";

	static final String PASSWORD = "secret-of-the-operator";

	private static final String MESSAGE = """
			{"service":"%s","title":"incoming_message","date":%d,
			 "bot":{"id":"60c1c50c156845831909cf74","name":"Coffee & Co","channel":"%s"},
			 "contact":{"id":"%s","name":"%s","username":"%s","phone":"+1202555%04d","last_message":"%s",
			  "tags":["customer"],"variables":{"City":"Lisbon","Visits":%d}},
			 "info":{"message":{"id":"m-%d","channel_data":{"message":{"type":"text","text":%s},"message_id":"wamid.%d"}}}}
			""";

	private static final String OTHER = """
			{"service":"%s","title":"%s","date":%d,"bot":{"id":"60c1c50c156845831909cf74","name":"Coffee & Co"},
			 "contact":{"id":"%s","name":"%s","variables":[]},"info":null,"n":%d}
			""";

	private static final String PAYMENT = """
			{"event":"payment_order","timestamp":%d,"version":1,"order":{"id":"%s","status":%d,"totalCost":%s,
			 "currency":"%s","customerName":"%s","service":1,"paymentMethodType":3,"type":%d,"variables":[],
			 "number":%d,"contactId":"%s","updatedAt":"%s","createdAt":"%s","description":"%s"}}
			""";

	private static final String RECONCILIATION = """
			insert into pulsehook_reconciliation (status, scheduled, window_from, window_to, started_at, finished_at,
				contacts, error)
			values ('done', 1, %d, %d, %d, %d, 1234, 'SendPulse did not show the messages of 1 contact.')
			""";

	private static final String MISSING = """
			insert into pulsehook_missing (reconciliation_id, source, service, bot, contact, sent_at, text, body,
				compared_to)
			values (?, 'default', 'whatsapp', 'b', ?, ?, ?, ?, 0)
			""";

	private static final List<String> PEOPLE = List.of("Maria Silva", "Олена Коваль", "James O'Connor", "Ana Souza",
			"Yuki Tanaka", "Дмитро Шевченко", "Chloé Martin", "Lucas Weber", "Priya Patel", "Omar Haddad",
			"Sofia Rossi", "Noah Jensen");

	private static final List<String> TEXTS = List.of("Hi! Are you open on Sunday?", "Can I change my order?",
			"Доброго дня! Чи є безкоштовна доставка?", "Thanks, that was quick 🙏", "Olá, quanto custa o curso?",
			"I paid yesterday but have no access yet", "Where can I find the invoice?", "Yes, please",
			"Does the price include shipping to Portugal?", "Можна оплатити при отриманні?", "See you tomorrow!",
			"I would like two of the large ones");

	private final ConfigurableApplicationContext context;

	private final Path directory;

	private final Random random = new Random(7);

	DemoService(Path directory, String... more) {
		this.directory = directory;
		String[] arguments = Stream.concat(
				Stream.of("--server.port=0", "--pulsehook.token=" + TOKEN, "--pulsehook.data-dir=" + directory,
						"--spring.security.user.password=" + PASSWORD, "--pulsehook.handlers.crm-sync.max-retries=0",
						"--pulsehook.handlers.grant-access.max-retries=0", "--pulsehook.handlers.assistant.delay=1h"),
				Stream.of(more))
			.toArray(String[]::new);
		this.context = SpringApplication.from(PulsehookApplication::main)
			.with(DemoHandlers.class)
			.run(arguments)
			.getApplicationContext();
	}

	String root() {
		return "http://localhost:" + this.context.getEnvironment().getRequiredProperty("local.server.port")
				+ this.context.getEnvironment().getProperty("server.servlet.context-path", "");
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	void send(String json) {
		this.context.getBean(Receiver.class).receive("default", json.getBytes(StandardCharsets.UTF_8));
	}

	void message(String name, String text) {
		long now = System.currentTimeMillis();
		send("[" + message(name, text, "whatsapp", now, 999) + "]");
	}

	// From now on, the CRM and the courses that handlers call work again.
	void mend() {
		this.context.getBean(AtomicBoolean.class).set(true);
	}

	// From now on they fail as they did at first; if they have worked in between, some
	// events are sent that have died when this returns.
	void fail() {
		if (!this.context.getBean(AtomicBoolean.class).getAndSet(false)) {
			return;
		}
		long now = System.currentTimeMillis();
		long before = bean(StoredEvents.class).newestId();
		send("[" + message("James O'Connor", "Has anybody read this?", "telegram", now, 998) + "]");
		send(payment(2_000, "Ana Souza", 200, "1", now));
		send("[" + OTHER.formatted("telegram", "new_subscriber", now, id("Noah Jensen"), "Noah Jensen", 997) + "]");
		Awaitility.await()
			.until(() -> Stream.of("crmSync", "grantAccess", "mailing")
				.allMatch((handler) -> hasDeadLetters(handler, before)));
	}

	private static String message(String name, String text, String service, long at, int number) {
		String literal = "\"" + escape(text) + "\"";
		String place = service.equals("whatsapp") ? "{\"body\":" + literal + "}" : literal;
		return MESSAGE.formatted(service, at, service.toUpperCase(Locale.ROOT), id(name), escape(name),
				escape(name.split(" ")[0].toLowerCase(Locale.ROOT)), number, escape(text), number % 9, number, place,
				number);
	}

	// Escapes a text for a JSON string.
	static String escape(String text) {
		return text.replace("\\", "\\\\").replace("\"", "\\\"");
	}

	private static String id(String name) {
		return "60c0f31f457479d0%08x".formatted(name.hashCode());
	}

	long anEvent(EventStatus status, String type) {
		EventFilter filter = EventFilter.builder().type(type).status(status).build();
		return bean(StoredEvents.class).page(filter, null, 1).events().get(0).id();
	}

	private boolean hasDeadLetters(String handler, long before) {
		return bean(DeadLetters.class).list(null, 500)
			.stream()
			.anyMatch((letter) -> letter.handler().equals(handler) && letter.event() > before);
	}

	// Returns the id of a contact with whom there is a conversation.
	String aContact() {
		return id("Maria Silva");
	}

	// Returns an event whose handler rests because of it.
	long anEventPutOff() {
		return bean(StoredEvents.class).deliveries(Among.UNFINISHED, null, 500, (delivery) -> delivery.putOffs() > 0)
			.deliveries()
			.get(0)
			.eventId();
	}

	// Returns the query of the page that shows a group of dead letters.
	String aGroup() {
		DeadLetter letter = bean(DeadLetters.class).list(null, 1).get(0);
		return UriComponentsBuilder.newInstance()
			.queryParam("handler", "{handler}")
			.queryParam("error", "{error}")
			.encode()
			.buildAndExpand(letter.handler(), ErrorPattern.of(letter.error()))
			.toUriString();
	}

	// Returns a replay that has succeeded.
	long aReplay() {
		return bean(Replays.class).create(anEvent(EventStatus.DONE, "IncomingMessage"), Set.of(), true).id();
	}

	// Adds a reconciliation that found a message of each of these people, and returns its
	// id.
	long aReconciliation(List<String> people) throws SQLException {
		long now = System.currentTimeMillis();
		try (Connection connection = connection(); Statement statement = connection.createStatement()) {
			statement.executeUpdate(RECONCILIATION.formatted(now - 86_400_000, now, now, now));
			long id = number(statement, "select max(id) from pulsehook_reconciliation");
			try (PreparedStatement insert = connection.prepareStatement(MISSING)) {
				for (String person : people) {
					insert.setLong(1, id);
					insert.setString(2, id(person));
					insert.setLong(3, now - 7_200_000);
					insert.setString(4, "שלום, order 12 (two) – " + person + "!");
					insert.setString(5, "{\"contact\":{\"name\":\"%s\"}}".formatted(escape(person)));
					insert.executeUpdate();
				}
			}
			return id;
		}
	}

	private static long number(Statement statement, String query) throws SQLException {
		try (ResultSet row = statement.executeQuery(query)) {
			row.next();
			return row.getLong(1);
		}
	}

	void fill() throws SQLException {
		long now = System.currentTimeMillis();
		List<String> services = List.of("whatsapp", "telegram", "instagram", "whatsapp", "telegram", "messenger");
		for (int i = 0; i < 70; i++) {
			String person = PEOPLE.get(this.random.nextInt(PEOPLE.size()));
			String service = services.get(this.random.nextInt(services.size()));
			long at = now - (70 - i) * 43_000L;
			send("[" + event(i, person, service, at) + "]");
		}
		send("[{\"event\":\"delivered\",\"timestamp\":1,\"email\":\"someone@example.com\"}]");
		message("Maria Silva", "Good morning! Is my order on its way?");
		Awaitility.await().untilAsserted(() -> {
			long waiting = bean(Backlog.class).unfinished().stream().mapToLong(Backlog.Unfinished::waiting).sum();
			assertThat(waiting).isLessThan(15);
		});
		spreadOverTime(now);
	}

	private String event(int i, String person, String service, long at) {
		return switch (i % 14) {
			case 2 -> OTHER.formatted(service, "new_subscriber", at, id(person), person, i);
			case 5 -> OTHER.formatted(service, "open_chat", at, id(person), person, i);
			case 7 -> payment(i, person, 200, "1", at);
			case 9 -> OTHER.formatted(service, "Webinar sign-up", at, id(person), person, i);
			case 11 -> payment(i, person, (i % 3 == 0) ? 303 : 101, (i == 39) ? "2" : "1", at);
			default -> message(person, TEXTS.get(i % TEXTS.size()), service, at, 1_000 + i);
		};
	}

	private static String payment(int i, String person, int status, String type, long at) {
		Instant time = Instant.ofEpochMilli(at);
		return PAYMENT.formatted(at / 1_000, "ord-" + (2_400 + i), status, 49 + (i % 4) * 50 + ".90",
				(i % 5 == 0) ? "EUR" : "USD", person, Integer.parseInt(type), i, id(person), time, time,
				"Barista course");
	}

	// Moves events and deliveries into the past, as if the service had run for a month.
	private void spreadOverTime(long now) throws SQLException {
		try (Connection connection = connection(); Statement statement = connection.createStatement()) {
			statement.executeUpdate("update pulsehook_event set received_at = " + now
					+ " - (select max(id) from pulsehook_event) * 43000 + id * 43000 where id < (select max(id) from pulsehook_event)");
			statement
				.executeUpdate("update pulsehook_delivery set finished_at = (select received_at from pulsehook_event e"
						+ " where e.id = event_id) + 40 + (event_id * 37) % 900 where finished_at is not null");
			statement.executeUpdate("update pulsehook_delivery set started_at = finished_at"
					+ " - 10 - (event_id * 53 * length(handler)) % (30 * length(handler)) where started_at is not null");
			fillMinutes(connection, TimeUnit.MILLISECONDS.toMinutes(now));
		}
	}

	private void fillMinutes(Connection connection, long now) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.executeUpdate("delete from pulsehook_minute where kind = 'chatbot'");
			statement.executeUpdate("update pulsehook_minute set minute = minute - 4");
		}
		connection.setAutoCommit(false);
		List<String> types = List.of("IncomingMessage", "OutgoingMessage", "NewSubscriber", "FlowWebhook", "LinkClick",
				"OpenChat");
		int[] weights = { 9, 7, 2, 2, 1, 1 };
		List<String> services = List.of("whatsapp", "telegram", "instagram", "messenger");
		try (PreparedStatement insert = connection.prepareStatement("insert into pulsehook_minute (minute, kind, type,"
				+ " service, result, events) values (?, 'chatbot', ?, ?, 'accepted', ?) on conflict do nothing")) {
			for (long minute = now - 30 * 1_440; minute < now; minute += 1) {
				double hour = (minute / 60.0) % 24;
				double busy = 0.35 + 0.65 * Math.pow(Math.sin(Math.PI * (hour - 4) / 24), 2);
				for (int i = 0; i < types.size(); i++) {
					int events = (int) Math.round(weights[i] * busy * (0.5 + this.random.nextDouble()) / 2);
					if (events > 0) {
						insert.setLong(1, minute);
						insert.setString(2, types.get(i));
						insert.setString(3, services.get(this.random.nextInt(10) * 4 / 14));
						insert.setInt(4, events);
						insert.addBatch();
					}
				}
			}
			insert.executeBatch();
		}
		connection.commit();
	}

	Connection connection() throws SQLException {
		Connection connection = DriverManager.getConnection("jdbc:sqlite:" + this.directory.resolve("pulsehook.db"));
		try (Statement statement = connection.createStatement()) {
			statement.execute("pragma busy_timeout = 10000");
		}
		return connection;
	}

	@Override
	public void close() {
		this.context.close();
	}

	/**
	 * Lets webhooks go into the spool, as during an outage, until {@link #endKeeping()}.
	 */
	void keep(String json) {
		bean(Spool.class).put("default", json.getBytes(StandardCharsets.UTF_8));
	}

	void endKeeping() {
		FilledSpool.end(bean(Spool.class));
	}

	/** Keeps a webhook that cannot be stored, and returns its id. */
	long refuse(String json) {
		keep(json);
		FilledSpool.refuse(bean(Spool.class));
		return aRefusedWebhook();
	}

	/** Returns the id of a webhook that could not be stored. */
	long aRefusedWebhook() {
		return bean(Spool.class).refused().get(0).id();
	}

	@Configuration(proxyBeanMethods = false)
	static class DemoHandlers {

		// Only PostgreSQL has a spool in front of it. This one is there to be looked at.
		@Bean
		Spool spool(@Value("${pulsehook.data-dir}") Path directory, CoreThreads threads) {
			return FilledSpool.open(directory.resolveSibling("spool"), threads);
		}

		@Bean
		AtomicBoolean mended() {
			return new AtomicBoolean();
		}

		@Bean
		EventHandler<IncomingMessage> crmSync(AtomicBoolean mended) {
			return (message, delivery) -> {
				Contact contact = Objects.requireNonNull(message.contact());
				if (!mended.get() && "James O'Connor".equals(contact.name())) {
					throw new IllegalStateException(
							"The CRM has two contacts with the phone number " + contact.phone());
				}
			};
		}

		@Bean
		EventHandler<PaymentOrder> grantAccess(AtomicBoolean mended) {
			return (payment, delivery) -> {
				if (!mended.get() && payment.isPaid() && "EUR".equals(payment.currency())) {
					throw new IllegalArgumentException("No course is sold in EUR, order " + payment.id());
				}
			};
		}

		@Bean
		EventHandler<IncomingMessage> assistant(AtomicBoolean mended) {
			return (message, delivery) -> {
				Contact contact = Objects.requireNonNull(message.contact());
				if (!mended.get() && "Yuki Tanaka".equals(contact.name())) {
					throw new IOException("The model answered 529 Overloaded");
				}
			};
		}

		@Bean
		EventHandler<FlowWebhook> newsletter(AtomicBoolean mended) {
			return (event, delivery) -> {
				if (!mended.get()) {
					throw new RetryLaterException(Duration.ofMinutes(25));
				}
			};
		}

		@Bean
		EventHandler<NewSubscriber> welcome() {
			return (event, delivery) -> {
			};
		}

	}

}
