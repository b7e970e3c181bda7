package io.pulsehook.autoconfigure;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.sql.DataSource;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import io.pulsehook.EventHandler;
import io.pulsehook.Handler;
import io.pulsehook.event.PaymentOrder;
import io.pulsehook.inbox.CutWay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests that a start that fails says what is wrong and what to do.
 */
@ExtendWith(OutputCaptureExtension.class)
class FailedStartTests {

	private static final EventHandler<PaymentOrder> HANDLER = (payment, delivery) -> {
	};

	@TempDir
	private Path directory;

	@Test
	void namesANegativeTimeout(CapturedOutput output) {
		assertThatStartFails(Application.class, "pulsehook.ack-timeout=-1s");
		assertThat(output).contains("pulsehook.ackTimeout").contains("\"PT-1S\"").contains("must be longer than");
	}

	@Test
	void namesAnUnreadableDuration(CapturedOutput output) {
		assertThatStartFails(Application.class, "pulsehook.read-timeout=soon");
		assertThat(output).contains("pulsehook.read-timeout").contains("\"soon\"");
	}

	@Test
	void namesABasePathThatEndsWithASlash(CapturedOutput output) {
		assertThatStartFails(Application.class, "pulsehook.base-path=/hooks/");
		assertThat(output).contains("pulsehook.basePath")
			.contains("\"/hooks/\"")
			.contains("must be empty or begin with a slash and not end with one");
	}

	@Test
	void namesAHandlersImpossibleConcurrency(CapturedOutput output) {
		assertThatStartFails(Application.class, "pulsehook.handlers.grant-access.concurrency=0");
		assertThat(output).contains("pulsehook.handlers[grant-access].concurrency").contains("must be greater than");
	}

	@Test
	void namesARateThatIsNone(CapturedOutput output) {
		assertThatStartFails(Application.class, "pulsehook.handlers.grant-access.rate=5 per second");
		assertThat(output).contains("pulsehook.handlers.grant-access.rate")
			.contains("\"5 per second\"")
			.contains("is no rate. Write it as 5/s, 100/10s or 60/m");
	}

	@Test
	void namesARateThatNobodyCanKeep(CapturedOutput output) {
		assertThatStartFails(Application.class, "pulsehook.defaults.rate=0/s");
		assertThat(output).contains("pulsehook.defaults.rate").contains("A rate must be at least 1 and at most 1000/s");
	}

	@Test
	void namesASourceWithoutTokens(CapturedOutput output) {
		assertThatStartFails(Application.class, "pulsehook.sources.shop.tokens=");
		assertThat(output).contains("pulsehook.sources[shop].tokens").contains("must not be empty");
	}

	@Test
	void namesABufferThatHoldsNoRequest(CapturedOutput output) {
		assertThatStartFails(Application.class, "pulsehook.intake-buffer=1KB");
		assertThat(output).contains("pulsehook.intake-buffer is 1024B, but must hold at least one request");
	}

	@Test
	void namesABufferThatHoldsFewerElementsThanARequestMayHave(CapturedOutput output) {
		assertThatStartFails(Application.class, "pulsehook.intake-buffer=2MB");
		assertThat(output).contains("pulsehook.intake-buffer is 2097152B")
			.contains("with pulsehook.max-elements, which takes 11024KB");
	}

	@Test
	void namesALimitThatAllowsNoElement(CapturedOutput output) {
		assertThatStartFails(Application.class, "pulsehook.max-elements=0");
		assertThat(output).contains("pulsehook.maxElements").contains("must be greater than");
	}

	@Test
	void explainsATokenThatIsTooShortAndKeepsItToItself(CapturedOutput output) {
		assertThatStartFails(Application.class, "pulsehook.token=hunter2");
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("A token of source 'default' cannot be used: it is too short.")
			.contains("pulsehook.token")
			.contains("openssl rand -hex 24")
			.doesNotContain("hunter2");
	}

	@ParameterizedTest
	@CsvSource({ "'', it is empty", "token with blanks in it, it has another character" })
	void saysWhatIsWrongWithATokenWithoutQuotingIt(String token, String problem, CapturedOutput output) {
		assertThatStartFails(Application.class, "pulsehook.token=" + token);
		assertThat(output).contains("A token of source 'default' cannot be used: " + problem + ".")
			.doesNotContain("with blanks");
	}

	@Test
	void namesAnAddressThatIsNone(CapturedOutput output) {
		assertThatStartFails(Application.class, "pulsehook.allowed-addresses=10.0.0.1,10.0.0.0/99");
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("pulsehook.allowed-addresses has '10.0.0.0/99'")
			.contains("a range such as 203.0.113.0/24");
	}

	@ParameterizedTest
	@ValueSource(strings = { "postgresql://user:hunter2@localhost/orders", "jdbc:mysql://localhost/orders", "" })
	void explainsAnAddressOfADatabaseThatNoDriverTakesAndKeepsItToItself(String url, CapturedOutput output) {
		assertThatStartFails(ConfiguredDatabase.class, "spring.datasource.url=" + url);
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("The settings under spring.datasource do not lead to a database.")
			.contains("jdbc:postgresql://host:5432/database")
			.doesNotContain("hunter2");
	}

	@Test
	void leavesTheExceptionOfADataSourceThatTheApplicationMakesAsItIs() {
		assertThatException().isThrownBy(() -> run(OwnDatabase.class).close())
			.havingRootCause()
			.withMessage("The vault is sealed.");
	}

	@Test
	void explainsATokenThatTwoSourcesShare(CapturedOutput output) {
		assertThatStartFails(Application.class, "pulsehook.sources.one.tokens=aaaaaaaaaaaaaaaaaaaaaaaa",
				"pulsehook.sources.two.tokens=aaaaaaaaaaaaaaaaaaaaaaaa");
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("Sources 'one' and 'two' have a token in common")
			.doesNotContain("aaaaaaaa");
	}

	@Test
	void explainsAHandlerThatDoesNotSayWhatItReceives(CapturedOutput output) {
		assertThatStartFails(WildcardHandler.class);
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("Handler 'syncCrm' is declared as io.pulsehook.EventHandler<?>, so it would receive nothing.")
			.contains("EventHandler<IncomingMessage>");
	}

	@Test
	void namesARateOfAPropertyThatIsNone(CapturedOutput output) {
		assertThatStartFails(Application.class, "pulsehook.handlers.grant-access.rate=5");
		assertThat(output).contains("pulsehook.handlers.grant-access.rate")
			.contains("\"5\"")
			.contains("'5' is no rate. Write it as 5/s, 100/10s or 60/m");
	}

	@Test
	void namesAFilterOfAPropertyWithoutAPattern(CapturedOutput output) {
		assertThatStartFails(Application.class, "pulsehook.handlers.grant-access.filter.status=");
		assertThat(output).contains("pulsehook.handlers[grant-access].filter[status]").contains("must not be empty");
	}

	@Test
	void namesAKeyOfAFilterThatDoesNotExist(CapturedOutput output) {
		assertThatStartFails(Application.class, "pulsehook.handlers.grant-access.filter.titel=Reserved");
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("Handler 'grantAccess' has filter.titel=[Reserved], but there is no such key.")
			.contains("The known keys are [title, service,");
	}

	@ParameterizedTest
	@MethodSource
	void namesTheAttributeOfAnAnnotationThatCannotBeUsed(Class<?> application, String attribute, String reason,
			CapturedOutput output) {
		assertThatStartFails(application);
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("Handler 'grantAccess' has @Handler(" + attribute + "), which cannot be used: " + reason)
			.contains("Correct the attribute '" + attribute.replaceFirst(" .*", "") + "' in the annotation");
	}

	static Stream<Arguments> namesTheAttributeOfAnAnnotationThatCannotBeUsed() {
		return Stream.of(Arguments.of(BadRate.class, "rate = 5", "'5' is no rate. Write it as 5/s, 100/10s or 60/m"),
				Arguments.of(BadFilter.class, "filter = {status}", "'status' is no key and pattern such as"),
				Arguments.of(EmptyPattern.class, "filter = {status=}", "must not be blank"),
				Arguments.of(BadTimeout.class, "timeout = soon", "'soon' is not a valid duration"),
				Arguments.of(BadConcurrency.class, "concurrency = 0", "must be greater than or equal to 1"),
				Arguments.of(BadQuiet.class, "quiet = -1s", "must be longer than or equal to"));
	}

	@Test
	void namesSettingsOfSeveralPlacesThatContradictEachOther(CapturedOutput output) {
		assertThatStartFails(LongQuiet.class, "pulsehook.handlers.grant-access.max-wait=30s");
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("The settings of handler 'grantAccess' contradict each other: max-wait is 30s, but must not be "
					+ "shorter than quiet, which is 45s. Set both, or change one.")
			.contains("Change pulsehook.handlers.grantAccess.*, the bean's annotation @Handler, or "
					+ "pulsehook.defaults.*.");
	}

	@Test
	void explainsAFilterWithAnUnknownKeyAndListsTheKnownOnes(CapturedOutput output) {
		assertThatStartFails(Application.class, "pulsehook.handlers.grant-access.filter.statsu=completed");
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("Handler 'grantAccess' has filter.statsu=[completed], but there is no such key.")
			.contains("[title, service, bot, source, status, test, comment, echo, sent-by]");
	}

	@Test
	void explainsAFilterThatNoEventMatches(CapturedOutput output) {
		assertThatStartFails(Application.class, "pulsehook.defaults.filter.test=maybe");
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("Handler 'grantAccess' has filter.test=maybe, but this pattern matches none of its values.")
			.contains("[true, false]");
	}

	@Test
	void explainsADataDirectoryThatAnotherProcessUses(CapturedOutput output) {
		try (ConfigurableApplicationContext first = run(Application.class)) {
			assertThat(first.isRunning()).isTrue();
			assertThatStartFails(Application.class);
		}
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("is in use by another process")
			.contains("pulsehook.data-dir");
	}

	@Test
	void explainsADataDirectoryThatIsAFile(CapturedOutput output) throws Exception {
		Path file = Files.createFile(this.directory.resolve("file"));
		assertThatStartFails(Application.class, "pulsehook.data-dir=" + file);
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("'" + file + "' cannot be used: there is a file of this name.");
	}

	@Test
	void explainsWhatToDoAboutAFileThatIsNoDatabase(CapturedOutput output) throws Exception {
		Path database = Files.createDirectory(this.directory.resolve("data")).resolve("pulsehook.db");
		Files.writeString(database, "no database ".repeat(1_000));
		assertThatStartFails(Application.class);
		assertExplainsDamage(output, database);
	}

	@Test
	void explainsWhatToDoAboutADatabaseThatTurnsOutToBeDamagedInTheLastStepOfTheStart(CapturedOutput output)
			throws Exception {
		run(Application.class).close();
		Path database = this.directory.resolve("data").resolve("pulsehook.db");
		overwriteRootOf("pulsehook_handler", database);
		assertThatStartFails(Application.class);
		assertExplainsDamage(output, database);
	}

	private static void overwriteRootOf(String table, Path database) throws Exception {
		long page = JdbcClient.create(new DriverManagerDataSource("jdbc:sqlite:" + database))
			.sql("select (select rootpage from sqlite_schema where name = ?) - 1")
			.param(table)
			.query(Long.class)
			.single();
		try (FileChannel file = FileChannel.open(database, StandardOpenOption.WRITE)) {
			file.write(ByteBuffer.wrap("damage".repeat(1_000).getBytes(StandardCharsets.US_ASCII)), page * 8192);
		}
	}

	private static void assertExplainsDamage(CapturedOutput output, Path database) {
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("The database '" + database + "' is damaged: [SQLITE_")
			.contains("'Backup and restore' in docs/operations.md")
			.contains("sqlite3 pulsehook.db .recover")
			.contains("to begin with an empty inbox");
	}

	@Test
	void explainsWhatToDoAboutSeveralDataSources(CapturedOutput output) {
		assertThatStartFails(TwoDataSources.class);
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("none is the primary one")
			.contains("ordersDatabase")
			.contains("pulsehook.database=sqlite");
	}

	@Test
	void namesATokenThatNobodyKnowsWhileTheDatabaseIsAway(CapturedOutput output) {
		assertThatStartFails(AwayDatabase.class, "pulsehook.spool.directory=" + this.directory.resolve("spool"));
		assertThat(output).contains("The start goes on without the database")
			.contains("APPLICATION FAILED TO START")
			.contains("No token is configured.")
			.contains("Set pulsehook.token");
	}

	private void assertThatStartFails(Class<?> application, String... properties) {
		assertThatException().isThrownBy(() -> run(application, properties).close());
	}

	private ConfigurableApplicationContext run(Class<?> application, String... properties) {
		String[] common = { "server.port=0", "pulsehook.data-dir=" + this.directory.resolve("data") };
		return SpringApplication.run(application, Stream.of(common, properties)
			.flatMap(Stream::of)
			.map((property) -> "--" + property)
			// Spring Boot would take the first of two values of an option, but the test's
			// own comes last.
			.collect(Collectors.toMap((option) -> option.split("=", 2)[0], (option) -> option, (one, other) -> other))
			.values()
			.toArray(String[]::new));
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ TomcatServletWebServerAutoConfiguration.class, PulsehookAutoConfiguration.class })
	static class Application {

		@Bean
		EventHandler<PaymentOrder> grantAccess() {
			return (payment, delivery) -> {
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(Application.class)
	@ImportAutoConfiguration(DataSourceAutoConfiguration.class)
	static class ConfiguredDatabase {

	}

	@Configuration(proxyBeanMethods = false)
	@Import(Application.class)
	static class OwnDatabase {

		@Bean
		DataSource dataSource() {
			throw new IllegalStateException("The vault is sealed.");
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(Application.class)
	static class AwayDatabase {

		@Bean
		DataSource dataSource() {
			return new CutWay(new DriverManagerDataSource());
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ TomcatServletWebServerAutoConfiguration.class, PulsehookAutoConfiguration.class })
	static class TwoDataSources {

		@Bean
		DataSource ordersDatabase() {
			return new DriverManagerDataSource();
		}

		@Bean
		DataSource customersDatabase() {
			return new DriverManagerDataSource();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ TomcatServletWebServerAutoConfiguration.class, PulsehookAutoConfiguration.class })
	static class WildcardHandler {

		@Bean
		EventHandler<?> syncCrm() {
			return (EventHandler<PaymentOrder>) (payment, delivery) -> {
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ TomcatServletWebServerAutoConfiguration.class, PulsehookAutoConfiguration.class })
	static class Annotated {

	}

	@Configuration(proxyBeanMethods = false)
	@Import(Annotated.class)
	static class BadRate {

		@Bean
		@Handler(rate = "5")
		EventHandler<PaymentOrder> grantAccess() {
			return HANDLER;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(Annotated.class)
	static class BadFilter {

		@Bean
		@Handler(filter = "status")
		EventHandler<PaymentOrder> grantAccess() {
			return HANDLER;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(Annotated.class)
	static class EmptyPattern {

		@Bean
		@Handler(filter = "status=")
		EventHandler<PaymentOrder> grantAccess() {
			return HANDLER;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(Annotated.class)
	static class BadTimeout {

		@Bean
		@Handler(timeout = "soon")
		EventHandler<PaymentOrder> grantAccess() {
			return HANDLER;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(Annotated.class)
	static class BadConcurrency {

		@Bean
		@Handler(concurrency = 0)
		EventHandler<PaymentOrder> grantAccess() {
			return HANDLER;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(Annotated.class)
	static class BadQuiet {

		@Bean
		@Handler(quiet = "-1s")
		EventHandler<PaymentOrder> grantAccess() {
			return HANDLER;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(Annotated.class)
	static class LongQuiet {

		@Bean
		@Handler(quiet = "45s")
		EventHandler<PaymentOrder> grantAccess() {
			return HANDLER;
		}

	}

}
