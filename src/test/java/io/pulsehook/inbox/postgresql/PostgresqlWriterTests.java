package io.pulsehook.inbox.postgresql;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import javax.sql.DataSource;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.datasource.DelegatingDataSource;

import io.pulsehook.inbox.Faults;
import io.pulsehook.inbox.PostgresqlServer;
import io.pulsehook.inbox.Storage;
import io.pulsehook.inbox.TestDatabase;
import io.pulsehook.inbox.commit.Prefetch;
import io.pulsehook.inbox.commit.Writer;
import io.pulsehook.inbox.model.InboxListener;
import io.pulsehook.inbox.model.InboxUnavailableException;
import io.pulsehook.inbox.replica.LeaseTimes;
import io.pulsehook.inbox.write.Subscriptions;
import io.pulsehook.inbox.write.Transaction;
import io.pulsehook.inbox.write.Write;
import io.pulsehook.threads.CoreThreads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests how the writer takes errors of the server that are not about its data.
 */
@ExtendWith(OutputCaptureExtension.class)
class PostgresqlWriterTests {

	private String database;

	@BeforeEach
	void create() {
		this.database = PostgresqlServer.create();
	}

	// Filling the queue would take gigabytes: a trigger raises the same error at a commit
	// instead.
	@Test
	void commitsAgainWithoutTheAnnouncementWhenTheServerCannotKeepIt(CapturedOutput output) throws Exception {
		try (Replica receiver = new Replica(this.database, Replica.TOLD);
				Replica worker = new Replica(this.database, Replica.TOLD).join("h")) {
			receiver.store("c", 1);
			execute("create sequence commits");
			execute("""
					create function full_queue() returns trigger language plpgsql as $$ begin
					if nextval('commits') = 1 then
						raise exception 'too many notifications in the NOTIFY queue' using errcode = '54000';
					end if; return null; end $$""");
			execute("""
					create constraint trigger full_queue after insert on pulsehook_event
					deferrable initially deferred for each row execute function full_queue()""");
			assertThat(receiver.store("c", 2).accepted()).isEqualTo(1);
			assertThat(receiver.storage().inbox().outage()).isNull();
			assertThat(number("select count(*) from pulsehook_event")).isEqualTo(2);
			assertThat(output).contains("cannot keep what is announced to other replicas")
				.doesNotContain("refused and undone");
			assertThat(worker.claim("h", 1)).hasSize(1);
		}
	}

	// The failed store had handed a delivery over, so that releasing it announces it to
	// other replicas.
	@Test
	void endsAnOutageWhileTheServerCannotKeepAnyAnnouncement() throws Exception {
		try (Replica receiver = new Replica(this.database, Replica.TOLD).join("h");
				Replica worker = new Replica(this.database, Replica.TOLD).join("h")) {
			receiver.store("c", 1);
			refuseAnnouncements();
			execute("""
					create function full_disk() returns trigger language plpgsql as $$ begin
					raise exception 'no space left' using errcode = '53100'; end $$""");
			execute("""
					create constraint trigger full_disk after insert on pulsehook_event
					deferrable initially deferred for each row execute function full_disk()""");
			receiver.storage().deliveries().offer("h", 10);
			assertThatExceptionOfType(InboxUnavailableException.class).isThrownBy(() -> receiver.store("d", 2));
			assertThat(receiver.storage().inbox().outage()).isNotNull();
			execute("drop function full_disk cascade");
			Awaitility.await().until(() -> receiver.storage().inbox().outage() == null);
			assertThat(receiver.store("d", 2).accepted()).isEqualTo(1);
			assertThat(worker.claim("h", 10)).isNotEmpty();
		}
	}

	// Makes each commit fail that announces anything, as with a full queue.
	private void refuseAnnouncements() throws SQLException {
		execute("create table announced (text text)");
		execute("""
				create function full_queue() returns trigger language plpgsql as $$ begin
				raise exception 'too many notifications in the NOTIFY queue' using errcode = '54000'; end $$""");
		execute("""
				create constraint trigger full_queue after insert on announced
				deferrable initially deferred for each row execute function full_queue()""");
		execute("""
				create function public.pg_notify(channel text, payload text) returns void
				language sql as 'insert into public.announced values (payload)'""");
		execute("alter database " + this.database + " set search_path = public, pg_catalog");
		// The setting is only for new sessions, so all others are ended.
		execute("""
				select pg_terminate_backend(pid) from pg_stat_activity
				where datname = current_database() and pid <> pg_backend_pid()""");
	}

	@Test
	void writesOutcomesAndWebhooksTogetherAgainWhenSomethingBesideThemTakesTooLong() throws Exception {
		Faults faults = new Faults(Postgresql.open(PostgresqlServer.pool(this.database), Duration.ofSeconds(1),
				LeaseTimes.of(Duration.ofSeconds(60))));
		Writer writer = new Writer(faults.dialect(), new Subscriptions(), new Prefetch(), (arrivals) -> {
		}, new InboxListener() {
		}, Instant::now, new CoreThreads());
		CompletableFuture<Boolean> gathered = new CompletableFuture<>();
		CompletableFuture<Boolean> first = writer.submit((session) -> gathered.join());
		CompletableFuture<Boolean> slow = writer.submit((session) -> {
			session.execute("do $$ begin perform pg_sleep(10); end $$");
			return true;
		});
		List<CompletableFuture<Boolean>> collected = IntStream.range(0, 100)
			.mapToObj((i) -> writer.submit(new Collected()))
			.toList();
		gathered.complete(true);
		first.join();
		int before = faults.transactions();
		assertThat(collected).allSatisfy((write) -> assertThat(write.get(20, TimeUnit.SECONDS)).isTrue());
		Awaitility.await().untilAsserted(() -> assertThat(slow).isCompletedExceptionally());
		assertThat(faults.transactions() - before).isLessThan(6);
		assertThat(writer.outage()).isNull();
		writer.close();
	}

	@Test
	void renewsItsLeaseAgainAfterAnyError() throws Exception {
		Failing dataSource = new Failing(PostgresqlServer.pool(this.database));
		Storage storage = Storage.open(TestDatabase.settings(Path.of("unused")),
				Postgresql.open(dataSource, Duration.ofSeconds(10), Replica.QUICK), Instant::now);
		try (storage) {
			storage.inbox().subscribe(List.of(), (arrivals) -> {
			});
			for (Throwable thrown : List.of(new OutOfMemoryError(), new StackOverflowError(),
					new IllegalStateException(), new SQLException("cut", "08006"))) {
				dataSource.failures = 2;
				dataSource.thrown = thrown;
				// The lease needs another connection once its own is cut.
				execute("""
						select pg_terminate_backend(pid) from pg_stat_activity
						where datname = current_database() and pid <> pg_backend_pid()""");
				execute("update pulsehook_runner set lease_until = lease_until - interval '1 hour'");
				Awaitility.await().until(() -> dataSource.failures == 0);
				Awaitility.await()
					.untilAsserted(() -> assertThat(
							number("select count(*) from pulsehook_runner where lease_until > clock_timestamp()"))
						.isEqualTo(1));
			}
			assertThat(storage.threads().lostVital()).isEmpty();
		}
	}

	private void execute(String sql) throws SQLException {
		PostgresqlServer.execute(this.database, sql);
	}

	private long number(String query) {
		return PostgresqlServer.number(this.database, query);
	}

	/** A write that shares its commit with others, like those that requests wait for. */
	private static final class Collected implements Write<Boolean> {

		@Override
		public Boolean apply(Transaction transaction) {
			return true;
		}

		@Override
		public boolean batched() {
			return true;
		}

	}

	/**
	 * A data source that refuses the lease a connection a few times.
	 */
	private static final class Failing extends DelegatingDataSource {

		private volatile int failures;

		private volatile Throwable thrown = new Error();

		Failing(DataSource dataSource) {
			super(dataSource);
		}

		@Override
		public Connection getConnection() throws SQLException {
			if (this.failures > 0 && Thread.currentThread().getName().equals("pulsehook-lease")) {
				this.failures--;
				sneak(this.thrown);
			}
			return super.getConnection();
		}

		@SuppressWarnings("unchecked")
		private static <T extends Throwable> void sneak(Throwable thrown) throws T {
			throw (T) thrown;
		}

	}

}
