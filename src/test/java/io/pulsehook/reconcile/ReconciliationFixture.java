package io.pulsehook.reconcile;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import io.pulsehook.Events;
import io.pulsehook.event.Channel;
import io.pulsehook.event.EventReader;
import io.pulsehook.event.IncomingMessage;
import io.pulsehook.inbox.SettableClock;
import io.pulsehook.inbox.Storage;
import io.pulsehook.inbox.TestDatabase;
import io.pulsehook.inbox.query.EventFilter;
import io.pulsehook.inbox.query.StoredEvent;
import io.pulsehook.receive.Receiver;
import io.pulsehook.sendpulse.QuickAccount;
import io.pulsehook.sendpulse.SendPulse;
import io.pulsehook.test.MessageBuilder;
import io.pulsehook.test.TestEvents;
import io.pulsehook.test.sendpulse.ApiRequest;
import io.pulsehook.test.sendpulse.FakeMessage;
import io.pulsehook.test.sendpulse.FakeSendPulse;

/**
 * Reconciles on every database what a contact of a bot wrote to SendPulse, with a clock
 * that goes on while calls pause.
 */
@ParameterizedClass
@EnumSource(TestDatabase.class)
abstract class ReconciliationFixture {

	static final Duration DAY = Duration.ofDays(1);

	static final Duration QUARTER = Duration.ofMinutes(15);

	static final String BOT = "b1";

	@Parameter
	TestDatabase database;

	@TempDir
	Path directory;

	final SettableClock clock = new SettableClock();

	final FakeSendPulse server = new FakeSendPulse();

	final EventReader reader = new EventReader();

	final List<Duration> pauses = new ArrayList<>();

	Duration retention = Duration.ofDays(30);

	Storage storage;

	Receiver receiver;

	SendPulse sendPulse;

	ReconciliationTask task;

	Reconciliations reconciliations;

	@BeforeEach
	void open() {
		this.server.limit(Integer.MAX_VALUE);
		this.sendPulse = QuickAccount.of(this.server);
		this.storage = this.database.open(this.directory, this.clock);
		this.receiver = new Receiver(this.reader, this.storage.inbox(), 1_000, ObservationRegistry.NOOP);
		this.task = task(null);
		MissingIntake intake = new MissingIntake(this.storage.reconciliations(), this.receiver, this.storage.erasure(),
				this.reader);
		this.reconciliations = new Reconciliations(this.storage.reconciliations(), this.task, intake,
				Duration.ofDays(1), this.retention);
		arrive("first", "the first", Duration.ofHours(23));
	}

	@AfterEach
	void close() throws Exception {
		this.storage.close();
		this.server.close();
	}

	final ReconciliationTask task(@Nullable Duration interval) {
		return new ReconciliationTask(new ReconciliationTools(this.storage.reconciliations(), this.sendPulse,
				this.reader, this.clock, this.retention), DAY, interval, this.storage.threads());
	}

	final Reconciliation reconcile() {
		Reconciliation begun = this.reconciliations.start(DAY);
		work(this.task);
		return find(begun);
	}

	// Lets the time pass that is paused.
	final void work(ReconciliationTask task) {
		Predicate<Duration> pause = (time) -> {
			if (!time.isZero()) {
				this.pauses.add(time);
				this.clock.advance(time);
			}
			return false;
		};
		task.work(pause);
	}

	final Reconciliation find(Reconciliation reconciliation) {
		return this.reconciliations.find(reconciliation.id()).orElseThrow();
	}

	final void arrive(String contact, String text, Duration ago) {
		MessageBuilder<IncomingMessage> message = message(contact, text, ago);
		this.server.receive(message.build());
		receive(message.json());
	}

	final void receive(String element) {
		this.receiver.receive("default", element.getBytes(StandardCharsets.UTF_8));
	}

	final void lose(String contact, String text, Duration ago) {
		this.server.contact(contact).on(Channel.TELEGRAM, BOT).add(FakeMessage.ofContact(text).at(ago(ago)));
	}

	final MessageBuilder<IncomingMessage> message(String contact, String text, Duration ago) {
		return TestEvents.incomingMessage()
			.service(Channel.TELEGRAM)
			.bot(BOT)
			.contact(contact)
			.text(text)
			.date(ago(ago));
	}

	final void erase(String contact) {
		this.storage.erasure().erase(contact, (body) -> null);
	}

	final Instant ago(Duration time) {
		return this.clock.instant().minus(time);
	}

	final List<String> histories() {
		return histories(this.server);
	}

	static List<String> histories(FakeSendPulse server) {
		return server.requests()
			.stream()
			.filter((request) -> "chats/messages".equals(request.operation()))
			.map(ApiRequest::query)
			.map((query) -> query.get("contact_id"))
			.toList();
	}

	final List<String> stored() {
		return this.storage.events()
			.page(EventFilter.ALL, null, 100)
			.events()
			.stream()
			.map(StoredEvent::id)
			.map(this::text)
			.toList();
	}

	final @Nullable String text(long event) {
		return Events.read(body(event), IncomingMessage.class).text();
	}

	final String body(long event) {
		return new String(this.storage.events().body(event).orElseThrow(), StandardCharsets.UTF_8);
	}

}
