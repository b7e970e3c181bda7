package io.pulsehook.reconcile;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Bean;

import io.pulsehook.inbox.query.EventFilter;
import io.pulsehook.inbox.query.EventPage;
import io.pulsehook.inbox.query.StoredEvent;
import io.pulsehook.inbox.query.StoredEvents;
import io.pulsehook.inbox.upkeep.Erasure;
import io.pulsehook.sendpulse.QuickAccount;
import io.pulsehook.sendpulse.SendPulse;
import io.pulsehook.test.Pulsehook;
import io.pulsehook.test.PulsehookTest;
import io.pulsehook.test.sendpulse.ApiRequest;
import io.pulsehook.test.sendpulse.FakeAnswer;
import io.pulsehook.test.sendpulse.FakeSendPulse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Loses messages of every kind, and finds and stores exactly these.
 */
@PulsehookTest(classes = LostMessagesTests.Application.class)
class LostMessagesTests {

	private static final Duration PATIENCE = Duration.ofMinutes(5);

	/**
	 * What a comparison takes of the processor at most, to begin with and for each
	 * contact. A busy machine gives it later, but no more of it.
	 */
	private static final Duration TO_BEGIN = Duration.ofSeconds(5);

	private static final Duration PER_CONTACT = Duration.ofMillis(6);

	private static final int PAGE = 500;

	/**
	 * How many webhooks arrive meanwhile at most. A slow machine could not read the
	 * histories as fast as they would grow otherwise.
	 */
	private static final int NEW_WEBHOOKS = 200;

	@Autowired
	Pulsehook pulsehook;

	@Autowired
	FakeSendPulse sendPulse;

	@Autowired
	Reconciliations reconciliations;

	@Autowired
	private StoredEvents events;

	@Autowired
	private Erasure erasure;

	@Test
	void findsAndStoresExactlyWhatWasLost() {
		this.sendPulse.failNext("chats/messages", FakeAnswer.status(429));
		this.sendPulse.failNext("chats/messages", FakeAnswer.html(502));
		findAndStore(140, 28);
	}

	@Test
	@Tag("thorough")
	void findsAndStoresThemThroughAnAccountThatRefusesEveryThirdCall() {
		this.sendPulse.failEvery(3, FakeAnswer.status(429));
		findAndStore(32, 8);
	}

	@Test
	@Tag("thorough")
	void findsAndStoresExactlyWhatWasLostOfThousands() {
		findAndStore(5000, 200);
	}

	final void findAndStore(int contacts, int losses) {
		this.sendPulse.limit(Integer.MAX_VALUE);
		this.sendPulse.largestPage(50);
		LostMessages messages = new LostMessages(this.sendPulse, this.pulsehook.clock().instant())
			.converse(contacts, losses)
			.withOthers()
			.withLongTalks()
			.withErased(3)
			.withLate(10);
		post(messages.webhooks());
		messages.erased().forEach((contact) -> this.erasure.erase(contact, (body) -> contact));
		Reconciliation done = reconcileWhileWebhooksArrive(messages);
		List<String> missing = keys(done);
		assertThat(messages.lateKeys()).as("What arrived late and was found before")
			.containsAll(late(missing, messages));
		missing.removeAll(messages.lateKeys());
		assertThat(missing).containsExactlyInAnyOrderElementsOf(messages.lost());
		assertThat(this.sendPulse.requests().stream().map(LostMessagesTests::contact))
			.noneMatch((contact) -> contact.startsWith("foreign-") || contact.startsWith("erased-"));
		post(messages.late());
		assertThat(this.reconciliations.store(done.id())).isEqualTo(messages.lost().size());
		assertThat(this.reconciliations.store(done.id())).isZero();
		assertThat(stored()).containsExactlyInAnyOrderElementsOf(messages.all());
		Duration before = processorTime();
		assertThat(keys(await(this.reconciliations.start(LostMessages.WINDOW)))).as("Once all is there").isEmpty();
		assertThat(processorTime().minus(before)).as("Processor time of a comparison")
			.isLessThan(TO_BEGIN.plus(PER_CONTACT.multipliedBy(contacts)));
	}

	private static Duration processorTime() {
		ThreadMXBean threads = ManagementFactory.getThreadMXBean();
		return Duration.ofNanos(Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals("pulsehook-reconciliation"))
			.mapToLong((thread) -> threads.getThreadCpuTime(thread.getId()))
			.sum());
	}

	private Reconciliation reconcileWhileWebhooksArrive(LostMessages messages) {
		Reconciliation reconciliation = this.reconciliations.start(LostMessages.WINDOW);
		List<String> late = messages.late().subList(0, messages.late().size() / 2);
		for (int i = 0; i < NEW_WEBHOOKS && find(reconciliation).status() == ReconciliationStatus.RUNNING; i++) {
			post(List.of(messages.newWebhook()));
			late.stream().limit(1).toList().forEach((webhook) -> post(List.of(webhook)));
			late = late.subList(Math.min(1, late.size()), late.size());
		}
		return await(reconciliation);
	}

	final Reconciliation await(Reconciliation reconciliation) {
		Awaitility.await().atMost(PATIENCE).until(() -> find(reconciliation).status() != ReconciliationStatus.RUNNING);
		Reconciliation ended = find(reconciliation);
		assertThat(ended.status()).as("%s", ended.error()).isEqualTo(ReconciliationStatus.DONE);
		return ended;
	}

	private Reconciliation find(Reconciliation reconciliation) {
		return this.reconciliations.find(reconciliation.id()).orElseThrow();
	}

	final List<String> keys(Reconciliation reconciliation) {
		List<MissingMessage> missing = this.reconciliations.missing(reconciliation.id());
		assertThat(missing).hasSize((int) find(reconciliation).missing());
		return new ArrayList<>(missing.stream().map(LostMessages::key).toList());
	}

	private static List<String> late(List<String> missing, LostMessages messages) {
		return missing.stream().filter(messages.lateKeys()::contains).toList();
	}

	private static String contact(ApiRequest request) {
		return request.query().getOrDefault("contact_id", "");
	}

	final void post(List<String> webhooks) {
		for (int i = 0; i < webhooks.size(); i += PAGE) {
			this.pulsehook.post("[" + String.join(",", webhooks.subList(i, Math.min(i + PAGE, webhooks.size()))) + "]");
		}
	}

	final List<String> stored() {
		List<String> stored = new ArrayList<>();
		@Nullable Long before = null;
		do {
			EventPage page = this.events.page(EventFilter.ALL, before, PAGE);
			page.events().forEach((event) -> stored.add(key(event)));
			before = page.next();
		}
		while (before != null);
		return stored;
	}

	private String key(StoredEvent event) {
		return LostMessages.key(new String(this.events.body(event.id()).orElseThrow(), StandardCharsets.UTF_8));
	}

	/**
	 * An application without handlers, whose calls to SendPulse need not wait.
	 */
	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
	static class Application {

		@Bean
		SendPulse sendPulse(FakeSendPulse server) {
			return QuickAccount.of(server);
		}

	}

}
