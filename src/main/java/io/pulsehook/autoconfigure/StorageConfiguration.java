package io.pulsehook.autoconfigure;

import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;

import javax.sql.DataSource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.pulsehook.inbox.Deliveries;
import io.pulsehook.inbox.Inbox;
import io.pulsehook.inbox.InboxSettings;
import io.pulsehook.inbox.SharedSettings;
import io.pulsehook.inbox.Storage;
import io.pulsehook.inbox.Subscribers;
import io.pulsehook.inbox.figures.Backlog;
import io.pulsehook.inbox.figures.Charts;
import io.pulsehook.inbox.figures.FigureQueries;
import io.pulsehook.inbox.history.HandlerHistory;
import io.pulsehook.inbox.model.UnsupportedDatabaseException;
import io.pulsehook.inbox.query.PaymentOrders;
import io.pulsehook.inbox.query.StoredEvents;
import io.pulsehook.inbox.replay.Replays;
import io.pulsehook.inbox.triage.DeadLetters;
import io.pulsehook.inbox.triage.Triage;
import io.pulsehook.inbox.upkeep.Erasure;
import io.pulsehook.inbox.upkeep.Housekeeper;
import io.pulsehook.inbox.upkeep.RetentionPeriods;
import io.pulsehook.threads.CoreThreads;

/**
 * Opens the storage and makes a bean of each of its parts. The storage alone closes them,
 * after all beans that use a part are destroyed.
 */
@Configuration(proxyBeanMethods = false)
class StorageConfiguration {

	/**
	 * The name of a bean of type {@link InstantSource} that the inbox tells the time by,
	 * in tests for example. Without such a bean SQLite goes by the system's clock, and
	 * PostgreSQL by the server's.
	 */
	static final String CLOCK = "pulsehookClock";

	// Tokens are checked first: if the start failed later, it would leave a new directory
	// or database behind.
	@Bean
	Storage pulsehookStorage(PulsehookProperties properties, ObjectProvider<DataSource> dataSources,
			@Qualifier(CLOCK) ObjectProvider<InstantSource> clocks) {
		Tokens.of(properties, null).sources();
		InboxSettings settings = new InboxSettings(properties.dataDir(), properties.ackTimeout(),
				BufferSizes.ofThisProcess().intake(properties), properties.dedupWindow(), properties.lease());
		DataSource dataSource = (properties.database() != PulsehookProperties.Database.SQLITE)
				? DataSources.only(dataSources) : null;
		if (dataSource == null) {
			if (properties.spool().directory() != null) {
				throw UnsupportedDatabaseException.needsNoSpool();
			}
			return Storage.open(settings, clocks.getIfAvailable(Clock::systemUTC));
		}
		return Storage.open(settings, dataSource, clocks.getIfAvailable(), properties.spool().directory() != null);
	}

	@Bean
	Inbox pulsehookInbox(Storage storage) {
		return storage.inbox();
	}

	@Bean
	Subscribers pulsehookSubscribers(Storage storage) {
		return storage.subscribers();
	}

	// Only the spool's directory outlives a container that keeps everything else in the
	// database.
	@Bean
	SharedSettings pulsehookSharedSettings(Storage storage, PulsehookProperties properties) {
		Path directory = properties.spool().directory();
		SharedSettings settings = storage.sharedSettings();
		return (directory != null) ? settings.copiedTo(directory) : settings;
	}

	@Bean
	Deliveries pulsehookDeliveries(Storage storage) {
		return storage.deliveries();
	}

	@Bean
	StoredEvents pulsehookStoredEvents(Storage storage) {
		return storage.events();
	}

	@Bean
	Replays pulsehookReplays(Storage storage) {
		return storage.replays();
	}

	@Bean
	Charts pulsehookCharts(Storage storage) {
		return storage.charts();
	}

	@Bean
	Backlog pulsehookBacklog(Storage storage) {
		return storage.backlog();
	}

	@Bean
	DeadLetters pulsehookDeadLetters(Storage storage) {
		return storage.deadLetters();
	}

	@Bean
	Triage pulsehookTriage(Storage storage) {
		return storage.triage();
	}

	@Bean
	HandlerHistory pulsehookHandlerHistory(Storage storage) {
		return storage.history();
	}

	@Bean
	PaymentOrders pulsehookPaymentOrders(Storage storage) {
		return storage.orders();
	}

	@Bean
	FigureQueries pulsehookFigures(Storage storage) {
		return storage.figures();
	}

	@Bean
	Erasure pulsehookErasure(Storage storage) {
		return storage.erasure();
	}

	@Bean
	CoreThreads pulsehookCoreThreads(Storage storage) {
		return storage.threads();
	}

	@Bean
	UncopiedInbox pulsehookUncopiedInbox(PulsehookProperties properties, SharedSettings settings, StoredEvents events) {
		return new UncopiedInbox(properties.dataDir(), settings, events);
	}

	@Bean
	Housekeeper pulsehookHousekeeper(Storage storage, PulsehookProperties properties) {
		return storage.housekeeper(new RetentionPeriods(properties.retention(), properties.deadRetention()));
	}

}
