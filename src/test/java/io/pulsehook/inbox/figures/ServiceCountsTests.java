package io.pulsehook.inbox.figures;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

import javax.sql.DataSource;

import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import io.pulsehook.event.Channel;
import io.pulsehook.event.PaymentService;
import io.pulsehook.inbox.ExampleEvents;
import io.pulsehook.inbox.PostgresqlServer;
import io.pulsehook.inbox.StorageFixture;
import io.pulsehook.inbox.TestDatabase;
import io.pulsehook.inbox.model.EventKind;
import io.pulsehook.inbox.model.NewEvent;
import io.pulsehook.inbox.model.ServiceCodes;
import io.pulsehook.inbox.query.EventFilter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that counts by service have no entry for services that do not exist, whatever
 * senders write.
 */
class ServiceCountsTests extends StorageFixture {

	@Test
	void knowAllServicesThatAreDocumented() {
		assertThat(ServiceCodes.DOCUMENTED).containsExactlyInAnyOrderElementsOf(Stream
			.concat(Stream.of(Channel.values()).map(Channel::code),
					Stream.of(PaymentService.values()).map(PaymentService::code))
			.filter((code) -> !code.isEmpty())
			.toList());
	}

	@Test
	void countWhatIsNotDocumentedAsOther() {
		List<NewEvent> events = new ArrayList<>();
		for (String service : new String[] { "telegram", "Telegram", "livechat", "live_chat", null, "" }) {
			events.add(event(EventKind.CHATBOT, "OpenChat", service, events.size()));
		}
		events.add(event(EventKind.PAYMENT, "PaymentOrder", "4", events.size()));
		for (int i = 0; i < 300; i++) {
			events.add(event(EventKind.CHATBOT, "OpenChat", "made up " + i, events.size()));
		}
		this.storage.inbox().store(events);
		assertThat(services()).isEqualTo(Map.of("telegram", 2L, "livechat", 2L, "", 2L, "4", 1L, "other", 300L));
		assertThat(this.database.number(this.directory, "select count(*) from pulsehook_minute")).isEqualTo(5);
		assertThat(this.storage.events().page(EventFilter.builder().service("made up 7").build(), null, 9).events())
			.hasSize(1);
	}

	@Test
	void boundWhatAFormerVersionCountsBesideThisOne() throws Exception {
		countAsAFormerVersion(2000);
		assertThat(this.storage.charts().counts(1, 60)).hasSizeLessThanOrEqualTo(3);
		assertThat(services()).isEqualTo(Map.of("telegram", 2L, "livechat", 1L, "other", 2000L));
	}

	@Test
	void addWhatWasCountedBeforeToTheServicesThatAreDocumented() throws Exception {
		this.storage.close();
		Path former = this.directory.resolve("former");
		assertThat(former.toFile().mkdir()).isTrue();
		migrateToTheFormerVersion(former);
		this.directory = former;
		countAsAFormerVersion(500);
		this.storage = this.database.open(this.directory, this.clock);
		assertThat(this.database.number(this.directory, "select count(*) from pulsehook_minute")).isEqualTo(3);
		assertThat(this.database.number(this.directory, "select sum(events) from pulsehook_minute")).isEqualTo(503);
		assertThat(services()).isEqualTo(Map.of("telegram", 2L, "livechat", 1L, "other", 500L));
	}

	private void migrateToTheFormerVersion(Path former) {
		boolean file = this.database == TestDatabase.SQLITE;
		DataSource dataSource = file
				? new DriverManagerDataSource("jdbc:sqlite:" + former.resolve("pulsehook.db").toAbsolutePath())
				: new DriverManagerDataSource(PostgresqlServer.url(TestDatabase.name(former)), "postgres", "");
		Flyway flyway = Flyway.configure()
			.dataSource(dataSource)
			.locations("classpath:io/pulsehook/inbox/" + (file ? "sqlite" : "postgresql"))
			.table("pulsehook_schema_history")
			.target(file ? "3" : "1")
			.cleanDisabled(false)
			.load();
		flyway.clean();
		flyway.migrate();
	}

	private void countAsAFormerVersion(int services) throws Exception {
		long minute = this.clock.millis() / 60_000;
		String row = "insert into pulsehook_minute (minute, kind, type, service, result, events) values (" + minute
				+ ", 'chatbot', 'OpenChat', '%s', 'accepted', 1)";
		List<String> rows = new ArrayList<>();
		for (String service : List.of("telegram", "TELEGRAM", "live_chat")) {
			rows.add(row.formatted(service));
		}
		StringBuilder many = new StringBuilder(row.formatted("made up 0"));
		for (int i = 1; i < services; i++) {
			many.append(", (%d, 'chatbot', 'OpenChat', 'made up %d', 'accepted', 1)".formatted(minute, i));
		}
		rows.add(many.toString());
		this.database.execute(this.directory, rows.toArray(String[]::new));
	}

	private Map<String, Long> services() {
		Map<String, Long> services = new TreeMap<>();
		this.storage.charts()
			.counts(1, 60)
			.forEach((count) -> services.merge(count.service(), count.events(), Long::sum));
		assertThat(services.keySet()).isSubsetOf(allowed());
		return services;
	}

	private static TreeSet<String> allowed() {
		TreeSet<String> allowed = new TreeSet<>(ServiceCodes.DOCUMENTED);
		allowed.add("");
		allowed.add(ServiceCodes.OTHER);
		return allowed;
	}

	private static NewEvent event(EventKind kind, String type, @Nullable String service, int number) {
		NewEvent like = ExampleEvents.openChat("c", number);
		return new NewEvent(like.source(), kind, type, null, service, null, "c", null, like.identity(), null, null,
				like.body(), 0);
	}

}
